package credreport

import (
	"fmt"
	"strings"

	"github.com/credsql/credsql/tables"
)

// doubt is a notice about values of some columns: it concerns only statements that read one of them.
type doubt struct {
	columns ColumnSet
	text    string
}

// columnsOf are the columns that a field is read for. A user's name that is not the one in its ARN concerns both.
func columnsOf(f field) ColumnSet {
	if f.kind() == kindName {
		return Columns(ColKey, ColARN, ColUser)
	}
	var s ColumnSet
	for i := range reportColumns {
		if reportColumns[i].field == f {
			s |= Columns(i)
		}
	}
	return s
}

// noticesOf are the notices that concern a statement which reads those columns: first those about a file, then those
// about its values.
func noticesOf(reports []*Report, columns ColumnSet) []tables.Notice {
	out := twinNotices(reports)
	told := map[*File]bool{}
	for _, r := range reports {
		if wanted := columns & r.checked; r.file.layout.lacks(wanted) && !told[r.file] {
			told[r.file] = true
			out = append(out, r.file.notices(wanted)...)
		}
		for _, d := range r.doubts {
			if d.columns&columns != 0 {
				out = append(out, tables.Notice{Message: d.text})
			}
		}
	}
	return out
}

// notices are about the file's header: columns that are not known, and columns that are wanted and not there. Who asks for
// keys that were never used must know that a report does not tell.
func (f *File) notices(wanted ColumnSet) []tables.Notice {
	var out []tables.Notice
	for _, name := range f.layout.unknown {
		out = append(out, tables.Notice{Message: fmt.Sprintf(
			"%s: line %d: column %s is not known and is not read", f.Name, f.headLine, quote(name))})
	}
	var absent []string
	for i := range reportColumns {
		if (wanted & f.layout.absent).Has(i) {
			absent = append(absent, reportColumns[i].Name)
		}
	}
	if n := len(absent) - 6; n > 1 {
		absent = append(absent[:6:6], fmt.Sprintf("and %d more", n))
	}
	if len(absent) > 0 && f.Rows() > 0 {
		out = append(out, tables.Notice{Message: fmt.Sprintf(
			"%s: line %d: there is no column %s: NULL in all rows", f.Name, f.headLine, strings.Join(absent, ", "))})
	}
	return out
}
