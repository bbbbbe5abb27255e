package eval

import (
	"bytes"
	"sort"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// like is LIKE with a pattern of plain text between, before or after % signs.
type like struct {
	traitsOf
	arg            node
	text           string
	anyHead, anyTo bool // % before the text, % after it
}

// newLike is nil for a pattern with _ or an escape, or with % inside: the registry computes those.
func newLike(arg node, pattern column.Value) node {
	p, ok := pattern.(string)
	if !ok || strings.ContainsAny(p, `_\\`) {
		return nil
	}
	l := &like{arg: arg, traitsOf: together(column.Bool, costScan, []node{arg})}
	l.text, l.anyHead = strings.CutPrefix(p, "%")
	l.text, l.anyTo = strings.CutSuffix(l.text, "%")
	if strings.Contains(l.text, "%") {
		return nil
	}
	return l
}

// found sets the bits of the rows that match; rows that are NULL get any bit.
func (l *like) found(v *column.Vector) column.Bitmap {
	switch {
	case v.Type.Kind == column.KindUnknown || v.Const:
		return eachRow(v.N, func(i int) bool { return !v.IsNull(i) && l.matches(v.Text(i)) })
	case !l.anyHead && !l.anyTo && l.text != "":
		return textEquals(v.Texts, v.N, l.text)
	}
	if a, ok := v.Texts.(*column.Arena); ok && l.anyHead && l.anyTo && l.text != "" {
		return arenaContains(a, l.text)
	}
	return textBits(v.Texts, v.N, l.matches)
}

func (l *like) matches(s string) bool {
	switch {
	case l.anyHead && l.anyTo:
		return strings.Contains(s, l.text)
	case l.anyHead:
		return strings.HasSuffix(s, l.text)
	case l.anyTo:
		return strings.HasPrefix(s, l.text)
	default:
		return s == l.text
	}
}

func (l *like) eval(f *Frame) (*column.Vector, error) {
	v, err := l.arg.eval(f)
	if err != nil {
		return nil, err
	}
	out := &column.Vector{Type: column.Bool, N: f.N, Bools: l.found(v)}
	if known := nullMask(v, false); known.bits.Count() < f.N {
		out.Valid = known.bits
	}
	return out, nil
}

var _ masker = (*like)(nil)

func (l *like) mask(f *Frame, want bool) (mask, error) {
	v, err := l.eval(f)
	if err != nil {
		return mask{}, err
	}
	return vectorMask(v, want), nil
}

// arenaContains searches all texts as one block and finds out for each hit which row it is in.
func arenaContains(a *column.Arena, text string) column.Bitmap {
	out := column.NewBitmap(len(a.Ends))
	needle := []byte(text)
	block := a.Bytes
	if n := len(a.Ends); n > 0 {
		block = block[:a.Ends[n-1]]
	}
	row, from := 0, 0
	for {
		hit := bytes.Index(block[from:], needle)
		if hit < 0 {
			return out
		}
		from += hit
		row = rowOf(a.Ends, row, uint32(from))
		end := int(a.Ends[row])
		if from+len(needle) > end {
			from++ // it crosses into the next row
			continue
		}
		out.Set(row)
		from = end
	}
}

// rowOf is the row at or after row that holds the byte at place: in steps that double, since it is rarely far.
func rowOf(ends []uint32, row int, place uint32) int {
	step := 1
	for row+step < len(ends) && ends[row+step-1] <= place {
		row += step
		step *= 2
	}
	// ends[row-1] <= place, and the row sought is below row+step
	high := min(row+step, len(ends))
	return row + sort.Search(high-row, func(i int) bool { return ends[row+i] > place })
}
