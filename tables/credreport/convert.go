package credreport

import (
	"bytes"

	"github.com/credsql/credsql/engine/column"
)

// converter turns the pieces of one block into columns: the second pass.
type converter struct {
	dicts    *Dictionaries
	regions  codeCache
	services codeCache
	prefixes codeCache
	split    *splitter

	block *block
	times []timeColumnOf
	bools []boolColumnOf
	codes []codeColumnOf
	names *nameColumns // nil: neither users nor ARNs are wanted
	odd   oddities
}

// target is what the columns being filled have in common.
type target struct {
	column int
	field  field
	at     int // position in the records of the file at hand, -1: absent
	valid  column.Bitmap
	nulls  *Sentinels
}

type timeColumnOf struct {
	target
	micros []int64
}

type boolColumnOf struct {
	target
	bits column.Bitmap
}

type codeColumnOf struct {
	target
	cache *codeCache
	codes []uint32
}

// nameColumns are the user's name and the ARN, which are made together.
type nameColumns struct {
	atUser, atARN int
	users         *column.Arena
	arns          []uint32
	prefix        []byte // of the ARN before
	code          uint32
}

func newConverter(dicts *Dictionaries) *converter {
	return &converter{
		dicts:    dicts,
		regions:  codeCache{dict: dicts.regions},
		services: codeCache{dict: dicts.services},
		prefixes: codeCache{dict: dicts.prefixes},
		split:    newSplitter(int(numFields)),
	}
}

// convert makes a block of the parts, which follow each other without gaps. The doubts are by part.
func (c *converter) convert(parts []part, want ColumnSet) (*block, [][]doubt) {
	rows, userBytes := 0, 0
	for _, p := range parts {
		rows += p.piece.rows
		userBytes += p.piece.userBytes
	}
	c.prepare(rows, userBytes, want)
	doubts := make([][]doubt, len(parts))
	for i, p := range parts {
		c.part(p)
		doubts[i] = c.odd.doubts(p.file.Name)
	}
	c.finish(parts, want)
	return c.block, doubts
}

// prepare allocates the columns wanted, at their exact size.
func (c *converter) prepare(rows, userBytes int, want ColumnSet) {
	c.block = &block{n: rows}
	c.times, c.bools, c.codes, c.names = nil, nil, nil, nil
	for i := range reportColumns {
		if !want.Has(i) {
			continue
		}
		f := reportColumns[i].field
		if f == noField || f.kind() == kindName {
			continue
		}
		t := target{column: i, field: f, valid: column.NewBitmap(rows), nulls: newSentinels(rows)}
		switch f.kind() {
		case kindTime:
			c.times = append(c.times, timeColumnOf{t, make([]int64, rows)})
		case kindBool:
			c.bools = append(c.bools, boolColumnOf{t, column.NewBitmap(rows)})
		case kindText:
			c.codes = append(c.codes, codeColumnOf{t, c.cacheOf(f), make([]uint32, rows)})
		}
	}
	if want&Columns(ColKey, ColARN, ColUser) != 0 {
		c.names = &nameColumns{users: &column.Arena{Bytes: make([]byte, 0, userBytes), Ends: make([]uint32, 0, rows)}}
		if want&Columns(ColKey, ColARN) != 0 {
			c.names.arns = make([]uint32, rows)
		}
	}
}

func (c *converter) cacheOf(f field) *codeCache {
	if f == fieldKey1LastUsedRegion || f == fieldKey2LastUsedRegion {
		return &c.regions
	}
	return &c.services
}

// part converts the records of one part.
func (c *converter) part(p part) {
	c.aim(p)
	c.odd.start(p)
	if len(c.times)+len(c.bools)+len(c.codes) == 0 && c.names == nil {
		return
	}
	c.split.reserve(p.file.layout.fields)
	data, row := p.file.data[p.piece.off:p.piece.end], p.from
	for off := 0; off < len(data); {
		line, next := cutLine(data[off:])
		switch {
		case len(line) == 0:
			off += next
			continue
		case p.file.quotes && bytes.IndexByte(line, '"') >= 0:
			line, next, _ = c.split.quoted(data[off:])
		default:
			c.split.plain(line)
		}
		c.odd.offset = off
		c.row(line, row)
		off += next
		row++
	}
}

// aim sets where in the records of the part's file each target's field stands.
func (c *converter) aim(p part) {
	at := &p.file.layout.at
	for i := range c.times {
		c.times[i].aim(at, p)
	}
	for i := range c.bools {
		c.bools[i].aim(at, p)
	}
	for i := range c.codes {
		c.codes[i].aim(at, p)
	}
	if c.names != nil {
		c.names.atUser, c.names.atARN = at[fieldUser], at[fieldARN]
	}
}

func (t *target) aim(at *[numFields]int, p part) {
	t.at = at[t.field]
	if t.at >= 0 {
		return
	}
	for row := p.from; row < p.from+p.piece.rows; row++ {
		t.nulls.set(row, Absent)
	}
}

// finish makes vectors of the columns.
func (c *converter) finish(parts []part, want ColumnSet) {
	b := c.block
	for i := range c.times {
		t := &c.times[i]
		c.put(&t.target, &column.Vector{Type: column.TimestampT, Ints: t.micros})
	}
	for i := range c.bools {
		t := &c.bools[i]
		c.put(&t.target, &column.Vector{Type: column.Bool, Bools: t.bits})
	}
	for i := range c.codes {
		t := &c.codes[i]
		c.put(&t.target, &column.Vector{Type: column.Text, Texts: &column.Coded{Codes: t.codes, Dict: t.cache.dict}})
	}
	if n := c.names; n != nil {
		b.columns[ColUser] = &column.Vector{Type: column.Text, N: b.n, Texts: n.users}
		if n.arns != nil {
			arns := &column.Vector{Type: column.Text, N: b.n, Texts: &ARNs{codes: n.arns, prefixes: c.dicts.prefixes, users: n.users}}
			b.columns[ColKey], b.columns[ColARN] = arns, arns
		}
	}
	if want.Has(ColAccountID) {
		b.columns[ColAccountID] = c.accountVector(parts)
	}
}

func (c *converter) put(t *target, v *column.Vector) {
	v.N = c.block.n
	if t.valid.Count() < v.N {
		v.Valid = t.valid
		c.block.sentinels[t.column] = t.nulls
	}
	c.block.columns[t.column] = v
}

func (c *converter) accountVector(parts []part) *column.Vector {
	codes := make([]uint32, c.block.n)
	for _, p := range parts {
		code := c.dicts.accounts.Code([]byte(p.section.account))
		rows := codes[p.from : p.from+p.piece.rows]
		for i := range rows {
			rows[i] = code
		}
	}
	return &column.Vector{Type: column.Text, N: c.block.n, Texts: &column.Coded{Codes: codes, Dict: c.dicts.accounts}}
}
