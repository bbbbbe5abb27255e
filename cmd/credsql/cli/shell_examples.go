package cli

import (
	"github.com/credsql/credsql/examples/audit"
	"github.com/credsql/credsql/repl"
)

// examplesOf are the audit questions as the shell shows them.
func examplesOf() ([]repl.Example, error) {
	list, err := audit.List()
	if err != nil {
		return nil, err
	}
	out := make([]repl.Example, len(list))
	for i, q := range list {
		out[i] = repl.Example{Name: q.Name, Group: q.Group, Title: q.Title, Text: q.Why + " " + q.Rule, SQL: q.SQL}
		for _, p := range q.Parameters {
			out[i].Parameters = append(out[i].Parameters, [2]string{p.Name, p.Default})
		}
	}
	return out, nil
}
