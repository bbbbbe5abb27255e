package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/tables"
)

// defaultWidth is the width of a terminal that does not say.
const defaultWidth = 80

// format is the one asked for, or a table for people and csv for programs.
func (a *app) format() render.Format {
	switch {
	case a.output.format.format != "":
		return a.output.format.format
	case a.io.OutTTY:
		return render.Table
	default:
		return render.CSV
	}
}

func (a *app) renderOptions() render.Options {
	opts := render.Options{ExcelGuard: a.output.csvExcel, Color: a.colorful(a.io.OutTTY), Terminal: a.io.OutTTY}
	if a.io.OutTTY {
		opts.MaxRows = a.output.maxRows
		if opts.Width = a.io.Width; opts.Width <= 0 {
			opts.Width = defaultWidth
		}
	}
	return opts
}

// colorful says whether a stream gets colours: as --color says, else as no-color.org and CLICOLOR_FORCE have it.
func (a *app) colorful(terminal bool) bool {
	switch a.output.color {
	case "always":
		return true
	case "never":
		return false
	}
	if v, _ := a.io.Env("NO_COLOR"); v != "" {
		return false
	}
	if v, _ := a.io.Env("CLICOLOR_FORCE"); v != "" && v != "0" {
		return true
	}
	term, _ := a.io.Env("TERM")
	return terminal && term != "dumb"
}

// print writes to standard error what is already safe for a terminal. A standard error that cannot be written has nobody to tell.
func (a *app) print(s string) { _, _ = io.WriteString(a.io.Err, s) }

// warn tells notices, each once in a run.
func (a *app) warn(notices []tables.Notice, told told) {
	if a.output.quiet {
		return
	}
	for _, text := range told.news(notices) {
		a.print("warning: " + render.Safe(text) + "\n")
	}
}

// told are the topics of the warnings that were told.
type told map[string]bool

// news are the warnings that were not told before; from now on they have been.
func (t told) news(notices []tables.Notice) []string {
	var out []string
	for _, n := range notices {
		if topic := cmp.Or(n.Topic, n.Message); !t[topic] {
			t[topic] = true
			out = append(out, n.Message)
		}
	}
	return out
}

// conclude tells, after the rows, the warnings and how complete and how old the answer is.
func (a *app) conclude(s engine.Summary, told told) {
	if a.output.quiet {
		return
	}
	a.warn(s.Notices, told)
	a.print(a.footer(s, true) + "\n")
}

// footer is "12 rows, 11 of 12 reports, the oldest from 3 h ago, 7 ms".
func (a *app) footer(s engine.Summary, timing bool) string {
	parts := []string{count(s.Rows, "row")}
	if accounts := s.Coverage.Accounts; len(accounts) > 0 {
		parts = append(parts, a.coverage(accounts))
	}
	if timing {
		parts = append(parts, spent(s.Elapsed))
	}
	return strings.Join(parts, ", ")
}

// coverage is "11 of 12 reports, the oldest from 3 h ago".
func (a *app) coverage(accounts []tables.Account) string {
	c := coverageOf(accounts)
	what := "account"
	if len(a.source.reports) > 0 {
		what = "report"
	}
	s := fmt.Sprintf("%d of %s", c.read, count(int64(c.wanted), what))
	if !c.oldest.IsZero() {
		s += ", the oldest from " + age(a.reportsAt().Sub(c.oldest)) + " ago"
	}
	return s
}

// covered is how many of the accounts that were wanted are in an answer.
type covered struct {
	read, wanted int
	oldest       time.Time // zero: not known
}

// coverageOf counts accounts. Those that were left out on purpose do not count.
func coverageOf(accounts []tables.Account) (c covered) {
	for _, acc := range accounts {
		if acc.State == tables.StateSkipped {
			continue
		}
		c.wanted++
		if acc.State == tables.StateFailed || acc.State == tables.StateDenied {
			continue
		}
		c.read++
		if t := acc.GeneratedTime; !t.IsZero() && (c.oldest.IsZero() || t.Before(c.oldest)) {
			c.oldest = t
		}
	}
	return c
}

// spent is a time that someone waited: 7 ms, 1.25 s.
func spent(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// age is a span as people say it: 12 min, 3 h, 5 days.
func age(d time.Duration) string {
	switch d = max(d, 0); {
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", d/time.Hour)
	default:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	}
}
