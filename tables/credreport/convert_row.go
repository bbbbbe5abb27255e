package credreport

import (
	"bytes"
	"encoding/binary"
)

// row converts one record, split already.
func (c *converter) row(line []byte, row int) {
	ends := c.split.ends
	if c.names != nil {
		c.name(line, row)
	}
	for i := range c.times {
		if t := &c.times[i]; t.at >= 0 {
			c.time(t, line[ends[t.at]+1:ends[t.at+1]], row)
		}
	}
	for i := range c.bools {
		if t := &c.bools[i]; t.at >= 0 {
			c.bool(t, line[ends[t.at]+1:ends[t.at+1]], row)
		}
	}
	for i := range c.codes {
		if t := &c.codes[i]; t.at >= 0 {
			c.text(t, line[ends[t.at]+1:ends[t.at+1]], row)
		}
	}
}

func (c *converter) name(line []byte, row int) {
	n, ends := c.names, c.split.ends
	user := line[ends[n.atUser]+1 : ends[n.atUser+1]]
	n.users.Append(user)
	if n.arns != nil {
		n.arns[row] = c.arn(line[ends[n.atARN]+1:ends[n.atARN+1]], user)
	}
}

func (c *converter) time(t *timeColumnOf, text []byte, row int) {
	if string(text) == "N/A" {
		return // about every third time: what is not set is NULL, for that reason
	}
	if micros, ok := parseTime(text); ok {
		t.micros[row] = micros
		t.valid.Set(row)
	} else {
		c.null(&t.target, text, row)
	}
}

func (c *converter) bool(t *boolColumnOf, text []byte, row int) {
	value, ok := parseBool(text)
	if !ok {
		c.null(&t.target, text, row)
		if kind, known := sentinelOf(text); known && kind != NotSupported {
			c.odd.add(t.field, text) // AWS always says true or false, but of root in old reports
		}
		return
	}
	t.valid.Set(row)
	if value {
		t.bits.Set(row)
	}
}

func (c *converter) text(t *codeColumnOf, text []byte, row int) {
	if _, none := sentinelOf(text); none || len(text) == 0 {
		c.null(&t.target, text, row)
		return
	}
	t.codes[row] = t.cache.code(text)
	t.valid.Set(row)
}

// null notes why a value is NULL.
func (c *converter) null(t *target, text []byte, row int) {
	kind, known := sentinelOf(text)
	t.nulls.set(row, kind)
	if !known {
		c.odd.add(t.field, text)
	}
}

// arn codes an ARN by what stands before the user's name in it.
func (c *converter) arn(arn, user []byte) uint32 {
	n := c.names
	split := len(arn) - len(user)
	if split > 0 && arn[split-1] == '/' && string(arn[split:]) == string(user) {
		prefix := arn[:split]
		if string(prefix) != string(n.prefix) {
			n.prefix = append(n.prefix[:0], prefix...)
			n.code = c.prefixes.code(prefix)
		}
		return n.code
	}
	if !bytes.HasSuffix(arn, []byte(":root")) || string(user) != rootUser {
		c.odd.add(fieldUser, user)
	}
	return c.dicts.prefixes.Code(arn) | wholeARN
}

// rootUser is what AWS writes as the name of an account's root user.
const rootUser = "<root_account>"

// parseBool reads AWS's booleans, which spreadsheets turn to upper case.
func parseBool(text []byte) (value, ok bool) {
	const lower, isTrue, isFals = 0x20202020, 0x65757274, 0x736c6166 // "true" and "fals", the first letter last
	switch len(text) {
	case 4:
		return true, binary.LittleEndian.Uint32(text)|lower == isTrue
	case 5:
		return false, binary.LittleEndian.Uint32(text)|lower == isFals && text[4]|0x20 == 'e'
	}
	return false, false
}
