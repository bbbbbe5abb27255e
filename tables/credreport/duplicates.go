package credreport

import (
	"fmt"

	"github.com/credsql/credsql/tables"
)

// arnAt is the ARN of a record, as a hash, and where the record is.
type arnAt struct {
	hash      uint64
	line, off uint32 // files are shorter than 4 GiB
}

// twins are records of users who have an earlier record in the same report. AWS writes none: somebody has put the file together.
type twins struct {
	count       int
	arn         string // of the first
	first, line int    // where the user's first record stands, and the other
}

// findTwins looks for them among the ARNs that take has gathered. Hashes that are equal by chance would give a wrong notice: in the
// largest report that is a matter of one in a million, and the seed is random, so that nobody can write a report for it.
func (in *inspector) findTwins() {
	for _, s := range in.file.sections {
		s.twins = in.twinsOf(s.arns)
		s.arns = nil
	}
}

// twinsOf uses a table with twice as many places as there are ARNs, in which each looks for its own from the place that its last bits
// name.
func (in *inspector) twinsOf(arns []arnAt) (t twins) {
	size := 1
	for size < 2*len(arns) {
		size *= 2
	}
	table, mask := make([]uint32, size), uint64(size-1) // 0: free; otherwise one more than an index of arns
	for i, a := range arns {
		at := a.hash & mask
		for table[at] != 0 && arns[table[at]-1].hash != a.hash {
			at = (at + 1) & mask
		}
		if table[at] == 0 {
			table[at] = uint32(i + 1)
			continue
		}
		if t.count++; t.count == 1 {
			t.first, t.line = int(arns[table[at]-1].line), int(a.line)
			record, _, _ := in.split.quoted(in.data[a.off:])
			t.arn = string(in.split.field(record, in.file.layout.at[fieldARN]))
		}
	}
	return t
}

// twinNotices tell of users who are counted twice: of the first, and how many there are.
func twinNotices(reports []*Report) []tables.Notice {
	var text string
	count, files := 0, 0
	for _, r := range reports {
		t := &r.section.twins
		if t.count == 0 {
			continue
		}
		if count == 0 {
			text = fmt.Sprintf("%s: line %d is a second row of %s, after line %d: both are counted", r.File(), t.line, quote(t.arn), t.first)
		}
		count += t.count
		files++
	}
	switch {
	case count == 0:
		return nil
	case files > 1:
		text += fmt.Sprintf(" (%d such rows in %d reports)", count, files)
	case count > 1:
		text += fmt.Sprintf(" (%d such rows)", count)
	}
	return []tables.Notice{{Message: text}}
}
