// Command benchmark asks sixteen audit questions of a fleet of report files and prints how long the answers take, from the text of a
// statement to its last row, in a warm engine. With -duckdb it asks DuckDB the same in the same run, in turn, and compares the answers before
// the times:
//
//	go run ./examples/benchmark
//	npm install --prefix /tmp/duckdb @duckdb/node-api && go run ./examples/benchmark -duckdb /tmp/duckdb
package main

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/credsql/credsql/tables/credreport/reportgen"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	accounts, users, runs      int
	folder, duckdb, root, only string
	profile                    string
	processor                  bool
}

func run(args []string) error {
	var o options
	flags := flag.NewFlagSet("benchmark", flag.ContinueOnError)
	flags.IntVar(&o.accounts, "accounts", 1000, "accounts of the fleet")
	flags.IntVar(&o.users, "users", 1000, "rows of each account")
	flags.IntVar(&o.runs, "runs", 7, "how often each question is asked; the median counts")
	flags.StringVar(&o.folder, "folder", "", "keep the fleet's files in this `folder`, and use those that are there")
	flags.StringVar(&o.duckdb, "duckdb", "", "compare with DuckDB: the `folder` in which @duckdb/node-api is installed")
	flags.StringVar(&o.only, "only", "", "ask only these questions, such as Q12,Q14")
	flags.StringVar(&o.profile, "profile", "", "write a profile of credsql while it answers to this `file`")
	flags.BoolVar(&o.processor, "processor", false, "count processor time, of all cores, instead of the time that passes: for a busy machine")
	flags.StringVar(&o.root, "root", ".", "the `folder` of the clone, where the questions are")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder, account, err := o.fleet()
	if err != nil {
		return err
	}
	if o.folder == "" {
		defer os.RemoveAll(folder)
	}
	return o.measure(folder, account)
}

// fleet writes the report files and gives their folder and one account.
func (o options) fleet() (folder, account string, err error) {
	folder = o.folder
	if folder == "" {
		if folder, err = os.MkdirTemp("", "fleet"); err != nil {
			return "", "", err
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", "", err
	}
	f := reportgen.Fleet{Accounts: o.accounts, Users: o.users, Seed: 1}
	for i := range o.accounts {
		id, data := f.Account([]byte(reportgen.Header), i)
		if i == o.accounts/2 {
			account = id
		}
		path := filepath.Join(folder, id+".csv")
		if _, err := os.Stat(path); err == nil {
			continue
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return "", "", err
		}
	}
	return folder, account, nil
}

// system is something that can be asked.
type system interface {
	load(folder string) (time.Duration, error)
	ask(sql string) (time.Duration, error)
	rows(sql string) ([][]string, error)
}

func (o options) measure(folder, account string) error {
	ours := &credsql{clock: wallClock()}
	if o.processor {
		ours.clock = processorClock()
	}
	systems, files := []system{ours}, []string{"engine/testdata/bench/audit.sql"}
	if o.duckdb != "" {
		duck, err := newDuckDB(o.duckdb, filepath.Join(o.root, "examples/benchmark/duckdb.mjs"), o.processor)
		if err != nil {
			return err
		}
		defer duck.close()
		systems, files = append(systems, duck), append(files, "examples/benchmark/duckdb.sql")
	}
	what := map[bool]string{true: "processor time", false: "time"}[o.processor]
	fmt.Printf("%d rows, %s, %d processors, %s, %s\n\n", o.accounts*o.users, runtime.Version(), runtime.GOMAXPROCS(0), time.Now().UTC().Format(time.DateOnly), what)
	times := make([][]time.Duration, len(systems))
	for i, s := range systems {
		took, err := s.load(folder)
		if err != nil {
			return err
		}
		times[i] = []time.Duration{took}
	}
	t := &table{compared: len(systems) > 1}
	t.line("load", times)
	fmt.Fprintf(os.Stderr, "credsql holds %.0f bytes a row\n", float64(heldBytes())/float64(o.accounts*o.users))
	stop, err := o.profiled()
	if err != nil {
		return err
	}
	defer stop()
	return o.questions(systems, files, account, t)
}

// profiled starts a profile, if one is wanted.
func (o options) profiled() (stop func(), err error) {
	if o.profile == "" {
		return func() {}, nil
	}
	f, err := os.Create(o.profile)
	if err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}, pprof.StartCPUProfile(f)
}

func (o options) questions(systems []system, files []string, account string, t *table) error {
	var asked [][]question
	for _, f := range files {
		qs, err := readQuestions(filepath.Join(o.root, f), account)
		if err != nil {
			return err
		}
		asked = append(asked, qs)
	}
	for q := range asked[0] {
		if o.only != "" && !slices.Contains(strings.Split(o.only, ","), asked[0][q].name) {
			continue
		}
		if len(systems) > 1 {
			if err := sameAnswer(systems, asked[0][q], asked[1][q]); err != nil {
				return err
			}
		}
		times := make([][]time.Duration, len(systems))
		for range o.runs {
			for i, s := range systems {
				took, err := s.ask(asked[i][q].sql)
				if err != nil {
					return fmt.Errorf("%s: %w", asked[i][q].name, err)
				}
				times[i] = append(times[i], took)
			}
		}
		t.line(asked[0][q].name, times)
	}
	t.end()
	return nil
}

// question is one statement of a file of questions, below a comment with its name.
type question struct{ name, sql string }

func readQuestions(path, account string) ([]question, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []question
	name := ""
	for _, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.HasPrefix(line, "-- Q"):
			name = strings.Fields(line)[1]
		case name != "" && strings.TrimSpace(line) != "":
			out = append(out, question{name, strings.TrimSuffix(strings.ReplaceAll(line, "@ACCT@", account), ";")})
			name = ""
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no questions in " + path)
	}
	return out, nil
}

func sameAnswer(systems []system, ours, theirs question) error {
	a, err := systems[0].rows(ours.sql)
	if err != nil {
		return fmt.Errorf("%s: %w", ours.name, err)
	}
	b, err := systems[1].rows(theirs.sql)
	if err != nil {
		return fmt.Errorf("%s: DuckDB: %w", theirs.name, err)
	}
	if !strings.Contains(ours.sql, "ORDER BY") {
		sortRows(a)
		sortRows(b)
	}
	if len(a) != len(b) {
		return fmt.Errorf("%s: %d rows, DuckDB has %d", ours.name, len(a), len(b))
	}
	for i := range a {
		if !slices.EqualFunc(a[i], b[i], sameCell) {
			return fmt.Errorf("%s: row %d is %q, DuckDB has %q", ours.name, i+1, a[i], b[i])
		}
	}
	return nil
}

func sortRows(rows [][]string) { slices.SortFunc(rows, slices.Compare) }

// sameCell compares numbers as numbers: DuckDB's percentiles and ours may differ in the last digit.
func sameCell(a, b string) bool {
	if a == b || strings.TrimSuffix(b, "+00") == a {
		return true
	}
	var x, y float64
	if _, err := fmt.Sscan(a, &x); err != nil {
		return false
	}
	if _, err := fmt.Sscan(b, &y); err != nil {
		return false
	}
	return math.Abs(x-y) <= 1e-9*math.Max(math.Abs(x), math.Abs(y))
}

// table prints a line for each question, and the geometric mean of the ratios.
type table struct {
	compared bool
	logs     float64
	n        int
}

func (t *table) line(name string, times [][]time.Duration) {
	if t.n == 0 && t.logs == 0 && name == "load" {
		fmt.Println(map[bool]string{true: "| | credsql ms | DuckDB ms | ratio |\n|---|---|---|---|", false: "| | credsql ms |\n|---|---|"}[t.compared])
	}
	ours := median(times[0])
	if !t.compared {
		fmt.Printf("| %s | %.2f |\n", name, ours)
		return
	}
	theirs := median(times[1])
	fmt.Printf("| %s | %.2f | %.2f | %.2f |\n", name, ours, theirs, ours/theirs)
	if name != "load" {
		t.logs += math.Log(ours / theirs)
		t.n++
	}
}

func (t *table) end() {
	if t.n > 0 {
		fmt.Printf("\ngeometric mean of the ratios: %.2f\n", math.Exp(t.logs/float64(t.n)))
	}
}

func median(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2].Microseconds()) / 1000
}
