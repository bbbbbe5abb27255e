package reportgen

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// sampleNow is when the newest of the sample reports were generated.
var sampleNow = time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)

// Sample is one report of examples/reports: an account and the form in which its report is written.
type Sample struct {
	Account   string
	Partition string
	Users     int // beside root
	Form      Form
	// Generated is when the report was made: no use in it is later.
	Generated time.Time

	root   func(*makers) user
	extra  func(*makers) []user
	policy int64 // days after which passwords expire; 0: never
}

// Form is how a report is written. The zero value is AWS's form of today.
type Form struct {
	OldTimes   bool     // +00:00, as until July 2024, and not Z
	Columns    []string // in that order; nil: AWS's 22
	CRLF       bool
	BOM        bool
	UpperBools bool // as spreadsheets save them
	FinalBreak bool // a line break after the last row, which AWS does not write
	JSON       bool // as `aws iam get-credential-report` prints it
}

// File is a sample report as a file.
type File struct {
	Name string
	Data []byte
}

// Files are the sample reports.
func Files() []File {
	var files []File
	for i, s := range samples() {
		m := &makers{r: random(uint64(i+1) * 1_000_003), sample: &s}
		data := s.write(m.users())
		name := s.Account + ".csv"
		if s.Form.JSON {
			name, data = s.Account+".json", s.wrap(data)
		}
		files = append(files, File{Name: name, Data: data})
	}
	return files
}

func headerColumns() []string { return strings.Split(strings.TrimSpace(Header), ",") }

func (s *Sample) time(unix int64) string {
	switch {
	case unix == 0:
		return "N/A"
	case s.Form.OldTimes:
		return time.Unix(unix, 0).UTC().Format("2006-01-02T15:04:05") + "+00:00"
	default:
		return time.Unix(unix, 0).UTC().Format(time.RFC3339)
	}
}

func (s *Sample) bool(v bool) string {
	text := "false"
	if v {
		text = "true"
	}
	if s.Form.UpperBools {
		return strings.ToUpper(text)
	}
	return text
}

// write renders the report: root first, the users by name without regard to case, as AWS sorts them.
func (s *Sample) write(users []user) []byte {
	slices.SortStableFunc(users[1:], func(a, b user) int {
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	columns := s.Form.Columns
	if columns == nil {
		columns = headerColumns()
	}
	lines := []string{strings.Join(columns, ",")}
	for i := range users {
		fields := users[i].fields(s)
		values := make([]string, len(columns))
		for k, name := range columns {
			values[k] = quoted(fields[name])
		}
		lines = append(lines, strings.Join(values, ","))
	}
	lineEnd := "\n"
	if s.Form.CRLF {
		lineEnd = "\r\n"
	}
	text := strings.Join(lines, lineEnd)
	if s.Form.FinalBreak {
		text += lineEnd
	}
	if s.Form.BOM {
		text = "\ufeff" + text
	}
	return []byte(text)
}

// wrap puts the report into the JSON that the AWS command line prints.
func (s *Sample) wrap(data []byte) []byte {
	out, _ := json.MarshalIndent(struct { // of these types it cannot fail
		Content       []byte
		ReportFormat  string
		GeneratedTime string
	}{data, "text/csv", s.Generated.Format("2006-01-02T15:04:05-07:00")}, "", "    ")
	return append(out, '\n')
}
