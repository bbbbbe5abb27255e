package files

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

// merged is all files as one set of reports: at most one for each account.
type merged struct {
	reports  []*credreport.Report
	accounts []tables.Account
	notices  []tables.Notice
}

// merge puts the outcomes together, in their order, and settles which of several reports of one account is used.
func merge(ctx context.Context, outcomes []outcome) (*merged, error) {
	byAccount := map[string][]*credreport.Report{}
	for i := range outcomes {
		for _, r := range outcomes[i].reports {
			byAccount[r.Account()] = append(byAccount[r.Account()], r)
		}
	}
	m := &merged{}
	for i := range outcomes {
		o := &outcomes[i]
		if o.err != nil {
			m.failed(o, byAccount)
			continue
		}
		for _, r := range o.reports {
			if candidates := byAccount[r.Account()]; candidates[0] == r {
				if err := m.settle(ctx, candidates); err != nil {
					return nil, err
				}
			}
		}
	}
	return m, nil
}

// failed records a file that could not be read. Its account is named only if no other row of credsql.accounts has it.
func (m *merged) failed(o *outcome, byAccount map[string][]*credreport.Report) {
	account := accountOf(o.err)
	for i := range m.accounts {
		if m.accounts[i].ID == account {
			account = ""
		}
	}
	if len(byAccount[account]) > 0 {
		account = ""
	}
	m.accounts = append(m.accounts, tables.Account{
		ID: account, Source: o.input.name(), State: tables.StateFailed, Error: o.err.Error(),
	})
	m.notices = append(m.notices, tables.Notice{Message: o.err.Error() + "; none of its rows is used", Incomplete: true})
}

// settle chooses among the reports of one account.
func (m *merged) settle(ctx context.Context, candidates []*credreport.Report) error {
	distinct, err := m.distinct(ctx, candidates)
	if err != nil {
		return err
	}
	if len(distinct) > 1 && !ordered(distinct) {
		m.ambiguous(distinct)
		return nil
	}
	newest := distinct[0]
	for _, r := range distinct[1:] {
		if r.GeneratedTime().After(newest.GeneratedTime()) {
			newest = r
		}
	}
	for _, r := range distinct {
		if r != newest {
			m.notice("account %s: %s (generated %s) is used, %s (generated %s) is older and left out",
				r.Account(), newest.File(), stampText(newest), r.File(), stampText(r))
		}
	}
	m.reports = append(m.reports, newest)
	m.accounts = append(m.accounts, newest.Standing(tables.StateFile))
	return nil
}

// distinct drops reports that hold the same rows as another. Of two such the one that says when it was generated stays,
// and of two that say it the newer.
func (m *merged) distinct(ctx context.Context, candidates []*credreport.Report) ([]*credreport.Report, error) {
	var kept []*credreport.Report
next:
	for _, r := range candidates {
		for i, k := range kept {
			same, err := credreport.SameRows(ctx, k, r)
			if err != nil {
				return nil, err
			}
			if !same {
				continue
			}
			dropped := r
			if r.GeneratedTime().After(k.GeneratedTime()) {
				kept[i], dropped = r, k
			}
			m.notice("account %s: %s holds the same rows as %s and is left out", r.Account(), dropped.File(), kept[i].File())
			continue next
		}
		kept = append(kept, r)
	}
	return kept, nil
}

// ordered says whether it is known which report is the newest.
func ordered(reports []*credreport.Report) bool {
	seen := map[time.Time]bool{}
	for _, r := range reports {
		t := r.GeneratedTime()
		if t.IsZero() || seen[t] {
			return false
		}
		seen[t] = true
	}
	return true
}

// ambiguous leaves an account out whose reports differ and cannot be ordered.
func (m *merged) ambiguous(reports []*credreport.Report) {
	names := make([]string, len(reports))
	for i, r := range reports {
		names[i] = r.File()
	}
	text := fmt.Sprintf("account %s: %s differ, and which of them is newer is not known: none of them is used",
		reports[0].Account(), strings.Join(names, " and "))
	m.accounts = append(m.accounts, tables.Account{
		ID: reports[0].Account(), Partition: reports[0].Partition(), Source: strings.Join(names, ", "),
		State: tables.StateFailed, Error: text,
	})
	m.notices = append(m.notices, tables.Notice{Message: text, Incomplete: true})
}

func (m *merged) notice(format string, args ...any) {
	m.notices = append(m.notices, tables.Notice{Message: fmt.Sprintf(format, args...)})
}

func stampText(r *credreport.Report) string { return r.GeneratedTime().Format(time.RFC3339) }
