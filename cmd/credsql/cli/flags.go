package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/credsql/credsql/repl/render"
)

// queryFlags say how statements run.
type queryFlags struct {
	files        []string
	strict       bool
	allowPartial bool
	failOnRows   bool
	at           instant
	timeout      time.Duration
	maxMemory    byteSize
	from, to     instant
	dialect      string
	vars         variableFlag
	onError      string
}

func (f *queryFlags) add(fs *pflag.FlagSet) {
	fs.StringArrayVarP(&f.files, "file", "f", nil, "run the statements in `FILE`, or - for standard input (repeatable)")
	fs.VarP(&f.vars, "var", "v", "set a variable, `NAME=VALUE`: statements have it as :NAME, as a text :'NAME', as a name :\"NAME\" (repeatable)")
	fs.StringVar(&f.onError, "on-error", "stop", "what to do `WHEN` a statement fails: stop, or continue with the next; the exit code is the first failure's")
	fs.BoolVar(&f.strict, "strict", false, "fail if an account or a report is missing from the answer")
	fs.BoolVar(&f.allowPartial, "allow-partial", false, "answer although accounts are missing, even with --strict or --fail-on-rows")
	fs.BoolVar(&f.failOnRows, "fail-on-rows", false, "exit with 10 if there are rows; implies --strict")
	fs.Var(&f.at, "at", "what NOW() is: a `TIME` such as 2025-01-31 or 2025-01-31T12:00:00Z, for evidence that can be made again")
	fs.DurationVar(&f.timeout, "timeout", 0, "give up on a statement after this `DURATION`, such as 30s (default: never)")
	fs.Var(&f.maxMemory, "max-memory", "how much memory a statement may hold: a `SIZE` such as 2GB (default: half of what there is)")
	fs.Var(&f.from, "from", "start of the time frame that CURRENT_SETTING('dd.time_frame_start') gives: a `TIME`")
	fs.Var(&f.to, "to", "end of the time frame that CURRENT_SETTING('dd.time_frame_end') gives: a `TIME`")
	fs.StringVar(&f.dialect, "dialect", "auto", "which `GRAMMAR` reads statements: auto, ddsql or mysql")
}

// settings are the flags as every session starts with them.
func (f *queryFlags) settings() map[string]string {
	s := map[string]string{
		"credsql.strict":        strconv.FormatBool(f.strict || f.failOnRows),
		"credsql.allow_partial": strconv.FormatBool(f.allowPartial),
		"dialect":               f.dialect,
	}
	for name, t := range map[string]instant{"credsql.at": f.at, "dd.time_frame_start": f.from, "dd.time_frame_end": f.to} {
		if !t.IsZero() {
			s[name] = t.Format("2006-01-02 15:04:05.999999")
		}
	}
	return s
}

// outputFlags say how results are shown.
type outputFlags struct {
	format   formatFlag
	color    string
	csvExcel bool
	envelope bool
	maxRows  int
	quiet    bool
}

func (f *outputFlags) add(fs *pflag.FlagSet) {
	fs.VarP(&f.format, "output", "o", "`FORMAT`: table, vertical, csv, tsv, json, jsonl, markdown, html (default: table on a terminal, else csv)")
	fs.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	fs.BoolVar(&f.csvExcel, "csv-excel", false, "guard cells of csv, tsv and html that a spreadsheet would run as a formula: an apostrophe before = + - @")
	fs.BoolVar(&f.envelope, "envelope", false, "write JSON that also has the statement, columns, types, accounts and ages of their reports: evidence to keep")
	fs.IntVar(&f.maxRows, "max-rows", 40, "how many rows a table on a terminal shows before it leaves out the middle ones; 0 for all")
	fs.BoolVar(&f.quiet, "quiet", false, "no warnings and no coverage on standard error; errors stay")
}

// formatFlag is a flag.Value.
type formatFlag struct{ format render.Format }

func (f *formatFlag) String() string { return string(f.format) }
func (f *formatFlag) Type() string   { return "format" }

func (f *formatFlag) Set(s string) (err error) {
	f.format, err = render.ParseFormat(s)
	return err
}

// instant is a flag.Value: a point in time, UTC where no zone is given.
type instant struct{ time.Time }

func (t *instant) Type() string { return "time" }

func (t *instant) String() string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

func (t *instant) Set(s string) error {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00", time.DateTime, "2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			t.Time = at.UTC()
			return nil
		}
	}
	return fmt.Errorf("%q is not a time; write 2025-01-31 or 2025-01-31T12:00:00Z", s)
}

// choice refuses a value that is not among those allowed.
func choice(flag, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return usageError{fmt.Errorf("--%s %q: it is one of %s", flag, value, strings.Join(allowed, ", "))}
}

// variableName is the environment variable that sets a flag.
func variableName(flag string) string {
	return "CREDSQL_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fromEnvironment gives every flag that the command line does not set the value of CREDSQL_ and its name, if there is one:
// --max-age is CREDSQL_MAX_AGE. The values of a flag that can be repeated stand between commas.
func fromEnvironment(fs *pflag.FlagSet, env func(string) (string, bool)) (err error) {
	fs.VisitAll(func(f *pflag.Flag) {
		name := variableName(f.Name)
		value, set := env(name)
		if f.Changed || !set || value == "" || err != nil || f.Name == "help" {
			return
		}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			err = list.Replace(strings.Split(value, ","))
		} else {
			err = f.Value.Set(value)
		}
		if err != nil {
			err = usageError{fmt.Errorf("%s: %w", name, err)}
		}
	})
	return err
}
