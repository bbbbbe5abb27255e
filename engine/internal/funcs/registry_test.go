package funcs_test

import (
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/internal/funcs"
)

// TestEntries checks that every entry can be shown to a user and computed.
func TestEntries(t *testing.T) {
	t.Parallel()
	r := funcs.New()
	all := append(r.Functions(), r.Operators()...)
	if len(all) < 100 {
		t.Fatalf("only %d entries", len(all))
	}
	for _, f := range all {
		for what, ok := range map[string]bool{
			"a doc of sentences":     strings.HasSuffix(f.Doc, "."),
			"a category":             f.Category != "",
			"a known source":         f.Source == "DDSQL" || f.Source == "PostgreSQL" || f.Source == "MySQL",
			"a version":              f.Since != "",
			"an example":             len(f.Examples) > 0,
			"an overload":            len(f.Overloads) > 0,
			"its name in lower case": f.Name == strings.ToLower(f.Name),
		} {
			if !ok {
				t.Errorf("%s lacks %s", f.Name, what)
			}
		}
		for _, o := range f.Overloads {
			if code := computes(f.Class, o); !code || o.Func != f {
				t.Errorf("%s: no code for its class, or it belongs to another function", o.Signature())
			}
		}
	}
}

func computes(c funcs.Class, o *funcs.Overload) bool {
	switch c {
	case funcs.Aggregate, funcs.OrderedSet:
		return o.State != nil
	case funcs.Table:
		return o.Rows != nil && o.Columns != nil
	case funcs.WindowOnly:
		return true
	default:
		return o.Row != nil
	}
}

// TestExamples runs every example by both executors.
func TestExamples(t *testing.T) {
	t.Parallel()
	r := funcs.New()
	for _, mode := range []string{"row", "vector"} {
		s := session(t, mode)
		for _, f := range append(r.Functions(), r.Operators()...) {
			for _, e := range f.Examples {
				sql, ok := strings.CutPrefix(e.SQL, "SELECT ")
				if !ok {
					t.Errorf("%s: not a SELECT: %s", f.Name, e.SQL)
					continue
				}
				if got := answer(s, sql); got != e.Want {
					t.Errorf("%s, %s: %s\n got %s\nwant %s", f.Name, mode, e.SQL, got, e.Want)
				}
			}
		}
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	r := funcs.New()
	for name, want := range map[string]string{
		"round":  "round(n decimal)|round(n decimal, digits bigint)",
		"lag":    "lag(value anyelement [, offset bigint [, default anyelement]])",
		"concat": "concat(values any, …)",
		"percentile_cont": "percentile_cont(part decimal, value decimal)|percentile_cont(parts decimal[], value decimal)|" +
			"percentile_cont(part decimal, value interval)|percentile_cont(parts decimal[], value interval)",
		"pi": "pi()",
	} {
		var got []string
		for _, o := range r.Lookup(name).Overloads {
			got = append(got, o.Signature())
		}
		if text := strings.Join(got, "|"); text != want {
			t.Errorf("%s, want %s", text, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	r := funcs.New()
	for name, want := range map[string]string{
		"lowwer": "lower", "substrin": "substring", "cuont": "count", "nvl": "coalesce", "zzzzzz": "", "": "",
	} {
		if got := r.Suggest(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
