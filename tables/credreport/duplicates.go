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

// shortRecord is a length that few records fall short of, in bytes.
const shortRecord = 200

// findTwins looks for them among the ARNs that take has gathered: in a table with twice as many places as there are ARNs, in which each
// looks for its own from the place that its last bits name. Hashes that are equal by chance would give a wrong notice: in the largest
// report that is a matter of one in a million, and the seed is random, so that nobody can write a report for it.
func (in *inspector) findTwins() {
	size := 1
	for size < 2*len(in.arns) {
		size *= 2
	}
	table, mask := make([]uint32, size), uint64(size-1) // 0: free; otherwise one more than an index of arns
	for i, a := range in.arns {
		at := a.hash & mask
		for table[at] != 0 && in.arns[table[at]-1].hash != a.hash {
			at = (at + 1) & mask
		}
		if table[at] == 0 {
			table[at] = uint32(i + 1)
		} else {
			in.addTwin(in.arns[table[at]-1], a)
		}
	}
}

// addTwin notes that a record is of the same user as an earlier one.
func (in *inspector) addTwin(earlier, later arnAt) {
	record, _, _ := in.split.quoted(in.data[later.off:])
	arn := in.split.field(record, in.file.layout.at[fieldARN])
	parts, _ := parseARN(arn)
	t := &in.byAccount[parts.account].twins
	if t.count++; t.count == 1 {
		t.first, t.line, t.arn = int(earlier.line), int(later.line), string(arn)
	}
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
