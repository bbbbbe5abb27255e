package cli

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/repl/assist"
	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/ptytest"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

// longStatement is a statement of 4 kB on lines such as people write.
func longStatement() string {
	var b strings.Builder
	b.WriteString("SELECT r.user, r.account_id, lower(r.arn) AS arn\nFROM aws.iam_credential_report r JOIN credsql.accounts a USING (account_id)\nWHERE r.password_enabled\n")
	for i := 0; b.Len() < 4000; i++ {
		fmt.Fprintf(&b, "  AND (r.access_key_1_last_used_service <> 'service-%d' OR r.tags->'team' = 'it''s %d') -- reason %d\n", i, i, i)
	}
	b.WriteString("ORDER BY r.us")
	return b.String()
}

// BenchmarkKeystroke is the time from a key to its paint on a terminal of 120 by 40: at the end of a statement of 4 kB, with
// highlighting, and at its start.
func BenchmarkKeystroke(b *testing.B) {
	for name, first := range map[string]string{"end": "", "start": "\x1b[5~"} {
		b.Run(name, func(b *testing.B) {
			term, program := ptytest.Open(b, 120, 40)
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan struct{})
			go func() {
				defer close(done)
				Main(ctx, []string{"--demo", "--quiet"}, IO{
					In: program, Out: program, Err: program, InTTY: true, OutTTY: true, ErrTTY: true, Size: func() (int, int) { return 120, 40 },
					Env: func(name string) (string, bool) { return "xterm", name == "TERM" }, Clock: time.Now,
				})
			}()
			term.WaitFor("demo>")
			term.Paste(longStatement())
			term.WaitFor("r.us")
			shown := len(term.Output())
			press := func(key string) {
				term.Type(key)
				term.WaitOutput("paint", func(out string) bool { return len(out) > shown })
				shown = len(term.Output())
			}
			if first != "" {
				press(first)
			}
			for b.Loop() {
				press("x")
				press("\x7f")
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(2*b.N), "µs/key")
			cancel()
			<-done
		})
	}
}

// taggedFleet is a source of a million rows in memory, each with tags.
type taggedFleet struct{ snapshot *credreport.Snapshot }

func (s taggedFleet) Tables() []*tables.Def { return credreport.Tables() }

func (s taggedFleet) Snapshot(context.Context, tables.Need) (tables.Snapshot, error) {
	return s.snapshot, nil
}

func newTaggedFleet(b *testing.B) taggedFleet {
	b.Helper()
	fleet := reportgen.Fleet{Accounts: 1000, Users: 1000, Seed: 1}
	dicts := credreport.NewDictionaries()
	var reports []*credreport.Report
	for i := range fleet.Accounts {
		id, data := fleet.Account([]byte(reportgen.Header), i)
		f, err := credreport.Inspect(id+".csv", data)
		if err != nil {
			b.Fatal(err)
		}
		tags := map[string]*column.HStore{}
		for n, l := range strings.Split(string(data), "\n") {
			if fields := strings.SplitN(l, ",", 3); len(fields) == 3 {
				tags[fields[1]] = column.NewHStore([]column.Pair{
					{Key: "team", Value: fmt.Sprint("team-", n%40)}, {Key: "cost-centre", Value: fmt.Sprint(1000 + i)}, {Key: "env", Value: "prod"},
				})
			}
		}
		for _, r := range credreport.Convert([]*credreport.File{f}, credreport.ConvertOptions{Dicts: dicts, Columns: credreport.AllColumns}) {
			reports = append(reports, r.WithTags(tags))
		}
	}
	return taggedFleet{credreport.NewSnapshot(reports, nil, nil, credreport.SnapshotOptions{})}
}

// BenchmarkComplete is the time of a Tab over a fleet of a million rows: the first at a column, which waits for its values but not for
// long, and the later ones.
func BenchmarkComplete(b *testing.B) {
	source := newTaggedFleet(b)
	e, err := engine.New(engine.Config{Source: source, Clock: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	shell := &shellSource{app: &app{io: IO{Clock: time.Now}, source: sourceFlags{demo: true}}, source: source}
	for _, text := range []string{
		"SELECT us| FROM aws.iam_credential_report", "SELECT * FROM |", "SELECT user FROM aws.iam_credential_report WHERE account_id = '1|",
		"SELECT user FROM aws.iam_credential_report WHERE access_key_1_last_used_service = '|",
		"SELECT user FROM aws.iam_credential_report WHERE tags->'|", "SELECT user FROM aws.iam_credential_report WHERE tags->'team' = '|",
	} {
		pos := strings.IndexByte(text, '|')
		text = text[:pos] + text[pos+1:]
		b.Run("first/"+text, func(b *testing.B) {
			for b.Loop() {
				c := assist.New(lexer, catalogOf(e), newValues(e, shell)).Complete(text, pos)
				b.StopTimer()
				if c.Later != nil {
					<-c.Later // the next one must not share the processors with it
				}
				b.StartTimer()
			}
		})
		b.Run("later/"+text, func(b *testing.B) {
			a := assist.New(lexer, catalogOf(e), newValues(e, shell))
			var c line.Completion
			for c = a.Complete(text, pos); c.Later != nil; c = a.Complete(text, pos) {
				<-c.Later
			}
			for b.Loop() {
				c = a.Complete(text, pos)
			}
			if c.Note != "" {
				b.Error(c.Note)
			}
		})
	}
}

// BenchmarkShellReady is the time from the start of the process to its prompt.
func BenchmarkShellReady(b *testing.B) {
	for name, source := range map[string]string{"demo": "--demo", "files": "--report=reports"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				term := ptytest.Start(b, shellCommand(b, "credsql-at-terminal", source), 80, 24)
				term.WaitFor(">") // spaces at the end of a line are not seen
				b.StopTimer()
				term.Type("\x04")
				term.WaitExit()
				b.StartTimer()
			}
		})
	}
}
