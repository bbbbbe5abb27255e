package cli

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/awsiam/awssim/trouble"
)

// TestFaultMatrix has every fault hit one account of twenty, half of them, and all, with and without --strict, and sees that
// rows, warnings, credsql.accounts and the exit code tell the same: nothing is silently missing.
func TestFaultMatrix(t *testing.T) {
	signIn(t)
	const accounts = 20
	for _, c := range trouble.Cases() {
		for _, hit := range []int{1, accounts / 2, accounts} {
			for _, strict := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%d of %d/strict %v", c.Name, hit, accounts, strict), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { faulty{c, accounts, hit, strict}.check(t) })
				})
			}
		}
	}
}

// faulty is one cell of the matrix. The last accounts are hit: the first is the management account, which no role leads to.
type faulty struct {
	trouble.Case
	accounts, hit int
	strict        bool
}

// first is the first account that is hit.
func (f faulty) first() int {
	if first := f.accounts - f.hit; first > 0 || f.Action != trouble.Assume {
		return first
	}
	return 1
}

// missing says whether accounts are missing from the answer, and all whether every account is.
func (f faulty) missing() (missing, all bool) { return f.Lost(), f.Lost() && f.first() == 0 }

// run has a fresh world answer a command with -o jsonl.
func (f faulty) run(t *testing.T, args ...string) ran {
	t.Helper()
	org := organizationOf(f.accounts)
	var rules []awssim.Rule
	for i := f.first(); i < f.accounts; i++ {
		org.Accounts[i].Report = f.Existing()
		rules = append(rules, f.Rule(accountID(i)))
	}
	w := newWorld(org)
	w.sim.Script(rules...)
	if f.strict {
		args = append(args, "--strict")
	}
	r := w.run(t.Context(), append(args, "--org", "-o", "jsonl")...)
	if r.took > f.Within {
		t.Errorf("took %s, expected at most %s", r.took, f.Within)
	}
	return r
}

func (f faulty) check(t *testing.T) {
	f.checkAnswer(t)
	f.checkStanding(t, "accounts")
	f.checkStanding(t, "query", `SELECT account_id, state, error, rows, generated_time FROM credsql.accounts`)
}

// checkAnswer is about a query for users.
func (f faulty) checkAnswer(t *testing.T) {
	t.Helper()
	missing, all := f.missing()
	r := f.run(t, "query", `SELECT account_id, count(*) AS n FROM aws.iam_credential_report GROUP BY account_id ORDER BY account_id`)
	if !strings.Contains(r.errOut, f.Says) {
		t.Errorf("standard error lacks %q:\n%s", f.Says, r.errOut)
	}
	if all || missing && f.strict {
		if r.code != exitSource || r.out != "" || !strings.Contains(r.errOut, "ERROR 58000") {
			t.Errorf("code %d, out %q, and on standard error\n%s", r.code, r.out, r.errOut)
		}
		return
	}
	readable := f.accounts
	if missing {
		readable = f.first()
	}
	rows := r.rows(t)
	if r.code != exitOK || len(rows) != readable {
		t.Fatalf("code %d, %d accounts in the answer, expected %d", r.code, len(rows), readable)
	}
	for i, row := range rows {
		if row["account_id"] != accountID(i) || row["n"] != float64(usersEach+1) {
			t.Errorf("row %v, expected %d users of account %s", row, usersEach+1, accountID(i))
		}
	}
	if count := fmt.Sprintf("%d of %d accounts", readable, f.accounts); !strings.Contains(r.errOut, count) {
		t.Errorf("standard error lacks %q:\n%s", count, r.errOut)
	}
	if warned := strings.Contains(r.errOut, "could not be read"); warned != missing {
		t.Errorf("missing: %v, but on standard error\n%s", missing, r.errOut)
	}
}

// checkStanding is about credsql.accounts, which tells of every account even when none could be read; that is an error still.
func (f faulty) checkStanding(t *testing.T, args ...string) {
	t.Helper()
	missing, all := f.missing()
	r := f.run(t, args...)
	want := exitOK
	if all || missing && f.strict {
		want = exitSource
	}
	if r.code != want || !strings.Contains(r.errOut, f.Says) {
		t.Errorf("%s: code %d, expected %d and %q on standard error:\n%s", args[0], r.code, want, f.Says, r.errOut)
	}
	if args[0] == "query" && missing && f.strict {
		if r.out != "" {
			t.Errorf("a strict query shows rows: %s", r.out)
		}
		return
	}
	stands := map[any]map[string]any{}
	for _, row := range r.rows(t) {
		stands[row["account_id"]] = row
	}
	for i := range f.accounts {
		row, state, says := stands[accountID(i)], tables.StateFresh, ""
		if i >= f.first() {
			state, says = f.State, f.Says
		}
		told, _ := row["error"].(string)
		if row["state"] != string(state) || !strings.Contains(told, says) {
			t.Errorf("%s: %v, expected %s and an error with %q", args[0], row, state, says)
		}
	}
}
