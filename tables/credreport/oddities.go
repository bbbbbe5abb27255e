package credreport

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// oddities gathers the values of one part that were not understood, so that a column full of them gives a few notices and
// not one a row: the first line of each distinct value, and how often it occurs.
type oddities struct {
	part   part
	offset int // of the record at hand in the part's piece
	seen   []oddity
	more   [numFields]int // values beyond the first maxOddities distinct ones of a field
}

type oddity struct {
	field field
	text  string
	line  int
	times int
}

// maxOddities is how many distinct values of one field are told apart in one part.
const maxOddities = 10

func (o *oddities) start(p part) {
	*o = oddities{part: p, seen: o.seen[:0]}
}

func (o *oddities) add(f field, text []byte) {
	distinct := 0
	for i := range o.seen {
		if o.seen[i].field != f {
			continue
		}
		if o.seen[i].text == string(text) {
			o.seen[i].times++
			return
		}
		distinct++
	}
	if distinct == maxOddities {
		o.more[f]++
		return
	}
	p := &o.part.piece
	before := o.part.file.data[p.off : p.off+o.offset]
	line := p.line + bytes.Count(before, []byte("\n"))
	o.seen = append(o.seen, oddity{field: f, text: string(text), line: line, times: 1})
}

// doubts are the notices to give, by line.
func (o *oddities) doubts(file string) []doubt {
	var out []doubt
	slices.SortStableFunc(o.seen, func(a, b oddity) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.field, b.field))
	})
	for _, odd := range o.seen {
		text := fmt.Sprintf("%s: line %d: %s is %s, %s", file, odd.line, fieldNames[odd.field], quote(odd.text), expectation(odd.field))
		if odd.times > 1 {
			text += fmt.Sprintf(" (%d times)", odd.times)
		}
		out = append(out, doubt{columnsOf(odd.field), text})
	}
	for f, n := range o.more {
		if n > 0 {
			text := fmt.Sprintf("%s: %s has %d more values that are not understood", file, fieldNames[f], n)
			out = append(out, doubt{columnsOf(field(f)), text})
		}
	}
	return out
}

// expectation says what was expected of a field and what became of the value.
func expectation(f field) string {
	const sentinels = "N/A, no_information or not_supported: read as NULL"
	switch f.kind() {
	case kindName:
		return "which is not the name in its arn"
	case kindBool:
		return "expected true, false or not_supported: read as NULL"
	case kindTime:
		return "expected a time, " + sentinels
	default:
		return "expected a name, " + sentinels
	}
}
