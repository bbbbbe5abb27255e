// Package audit is questions that auditors ask of credential reports, each a file of SQL with what it is good for. They are embedded,
// so that the command can list and run them; tests run them all.
package audit

import (
	"embed"
	"fmt"
	"path"
	"strings"
)

//go:embed *.sql
var files embed.FS

// Question is one of the files. Its name is the file's without .sql.
type Question struct {
	Name  string
	Group string // one of Groups
	Title string
	Why   string // why it matters
	Rule  string // which rule it follows where there are several, and what NULL does
	// Parameters are variables of the SQL.
	Parameters []Parameter
	SQL        string // one statement without its semicolon
}

// Parameter is a variable of a question.
type Parameter struct{ Name, Default, Doc string }

// Groups are the headings under which questions stand, in order.
var Groups = [...]string{"Root", "MFA", "Passwords", "Access keys", "Unused", "Certificates", "Summaries", "Fleet"}

// List gives all questions by group and name.
func List() ([]Question, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	byGroup := map[string][]Question{}
	for _, e := range entries { // sorted by name
		text, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		q, err := parse(strings.TrimSuffix(path.Base(e.Name()), ".sql"), string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		byGroup[q.Group] = append(byGroup[q.Group], q)
	}
	var all []Question
	for _, g := range Groups {
		all = append(all, byGroup[g]...)
	}
	return all, nil
}

// parse reads a file: comments of the form "-- title: …", which go on in comments that are indented, and then the statement.
func parse(name, text string) (Question, error) {
	q := Question{Name: name}
	field := ""
	lines := strings.Split(text, "\n")
	n := 0
	for ; n < len(lines) && strings.HasPrefix(lines[n], "-- "); n++ {
		comment := strings.TrimPrefix(lines[n], "-- ")
		if more, ok := strings.CutPrefix(comment, "  "); ok {
			if err := q.add(field, " "+strings.TrimSpace(more)); err != nil {
				return q, err
			}
			continue
		}
		var value string
		var ok bool
		if field, value, ok = strings.Cut(comment, ": "); !ok {
			return q, fmt.Errorf("line %d: a field is needed, such as \"title: …\" here", n+1)
		}
		if field == "parameter" {
			q.Parameters = append(q.Parameters, Parameter{})
		}
		if err := q.add(field, value); err != nil {
			return q, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	q.SQL = strings.TrimSuffix(strings.TrimSpace(strings.Join(lines[n:], "\n")), ";")
	return q, q.check()
}

// add appends to a field.
func (q *Question) add(field, value string) error {
	switch field {
	case "title":
		q.Title += value
	case "group":
		q.Group += value
	case "why":
		q.Why += value
	case "rule":
		q.Rule += value
	case "parameter":
		return q.Parameters[len(q.Parameters)-1].add(value)
	default:
		return fmt.Errorf("%q is no field", field)
	}
	return nil
}

// add reads "days = 90, how old", or more of the last words.
func (p *Parameter) add(value string) error {
	if p.Name != "" {
		p.Doc += value
		return nil
	}
	setting, doc, _ := strings.Cut(value, ", ")
	name, def, ok := strings.Cut(setting, " = ")
	if !ok {
		return fmt.Errorf("%q is no parameter: name = value, what it means", value)
	}
	p.Name, p.Default, p.Doc = name, def, doc
	return nil
}

// Check says what is wrong with a value for the parameter; nil: nothing. One whose default is a number takes no other text, so that
// a slip cannot become a part of the statement.
func (p Parameter) Check(value string) error {
	isNumber := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" && len(s) <= 9 }
	if isNumber(p.Default) && !isNumber(value) {
		return fmt.Errorf("%s=%s: it is a number such as %s: %s", p.Name, value, p.Default, p.Doc)
	}
	return nil
}

func (q *Question) check() error {
	for what, value := range map[string]string{"title": q.Title, "group": q.Group, "why": q.Why, "rule": q.Rule, "SQL": q.SQL} {
		if strings.TrimSpace(value) == "" {
			return fmt.Errorf("it has no %s", what)
		}
	}
	for _, g := range Groups {
		if g == q.Group {
			return nil
		}
	}
	return fmt.Errorf("%q is no group", q.Group)
}
