package engine

import (
	"os"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/memory"
)

// BenchmarkPlan is the time from a statement's text to its plan: grammar, conversion, names, types and optimisation, without
// any data. Beside a typical question it plans the audit questions.
func BenchmarkPlan(b *testing.B) {
	text, err := os.ReadFile("testdata/bench/audit.sql")
	if err != nil {
		b.Fatal(err)
	}
	const typical = `typical
SELECT account_id, user, password_last_changed FROM aws.iam_credential_report
WHERE password_enabled AND NOT mfa_active AND password_last_used < NOW() - INTERVAL '90 days' ORDER BY password_last_changed LIMIT 5`
	var shapes []*memory.Table
	for _, def := range credreport.Tables() {
		shapes = append(shapes, &memory.Table{Def: def})
	}
	source, err := memory.New(shapes...)
	if err != nil {
		b.Fatal(err)
	}
	session := newTestSession(b, source, nil)
	for _, block := range append([]string{typical}, strings.Split(strings.TrimPrefix(string(text), "-- "), "\n-- ")...) {
		name, sql, _ := strings.Cut(block, "\n")
		b.Run(strings.Fields(name)[0], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := session.read(sql, false)
				if err != nil {
					b.Fatal(err)
				}
				if _, _, err := session.bind(r.statement.(*syntax.Query), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
