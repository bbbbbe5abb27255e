package credreport

import (
	"bytes"
	"fmt"
	"slices"
)

// layout says at which position of a record each known field stands.
type layout struct {
	fields  int            // in every record
	at      [numFields]int // -1: the report has no such field
	unknown []string       // names that are in the header and not known here
	absent  ColumnSet      // whose field the report does not have
}

// newLayout reads a header. Fields are found by name, in any order; only user and arn must be there, because reports from
// before 2015 have fewer columns, and AWS adds some.
func newLayout(names [][]byte) (layout, error) {
	l := layout{fields: len(names)}
	for f := range l.at {
		l.at[f] = -1
	}
	for i, name := range names {
		f := slices.Index(fieldNames[:], string(name))
		switch {
		case f < 0:
			l.unknown = append(l.unknown, string(name))
		case l.at[f] >= 0:
			return l, fmt.Errorf("has the column %s twice", name)
		default:
			l.at[f] = i
		}
	}
	if l.at[fieldUser] < 0 || l.at[fieldARN] < 0 {
		return l, fmt.Errorf("is not the header of a credential report: expected user,arn,user_creation_time,… and found %s",
			quote(bytes.Join(names, []byte(","))))
	}
	for i := range reportColumns {
		if f := reportColumns[i].field; f != noField && l.at[f] < 0 {
			l.absent |= Columns(i)
		}
	}
	return l, nil
}

// lacks says whether there is something to tell of the header to who wants those columns.
func (l *layout) lacks(wanted ColumnSet) bool { return len(l.unknown) > 0 || wanted&l.absent != 0 }
