package awsiam

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// asker is a user of a server over a source that is being refreshed: it asks statements and compares the answers with what
// the simulation says was so when AWS made each report.
type asker struct {
	sim     *awssim.Sim
	session *engine.Session
	random  *rand.Rand
}

// newAskers are users of one engine over a source.
func newAskers(t *testing.T, s *Source, sim *awssim.Sim, n int) []*asker {
	t.Helper()
	e, err := engine.New(engine.Config{Source: s, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	askers := make([]*asker, n)
	for i := range askers {
		askers[i] = &asker{sim: sim, session: e.NewSession(), random: rand.New(rand.NewPCG(3, uint64(i)))}
	}
	return askers
}

// askAll counts and groups over all accounts, and compares account by account. Both tables must be of one moment.
func (a *asker) askAll(ctx context.Context) error {
	const sql = `SELECT c.account_id, c.generated_time, c.rows, r.n, r.passwords, r.mfa, r.last_used
		FROM credsql.accounts c LEFT JOIN (
			SELECT account_id, count(*) AS n, count(*) FILTER (WHERE password_enabled) AS passwords,
				count(*) FILTER (WHERE mfa_active) AS mfa, max(access_key_1_last_used_date) AS last_used
			FROM aws.iam_credential_report GROUP BY account_id) r ON r.account_id = c.account_id`
	rows, err := a.ask(ctx, sql)
	if err != nil {
		return err
	}
	if len(rows) != len(a.sim.Accounts()) {
		return fmt.Errorf("%d accounts of %d are in the answer", len(rows), len(a.sim.Accounts()))
	}
	for _, row := range rows {
		want := []column.Value{row[0], nil, int64(0), nil, nil, nil, nil}
		if row[1] != nil {
			want = a.summary(row[0].(string), row[1].(column.Timestamp))
		}
		if !slices.Equal(row, want) {
			return fmt.Errorf("account %v: the answer is %v, expected %v", row[0], row, want)
		}
	}
	return nil
}

// summary is what askAll expects of an account whose report was generated at a moment.
func (a *asker) summary(id string, generated column.Timestamp) []column.Value {
	truth, _ := a.sim.TruthAt(id, time.UnixMicro(int64(generated)).UTC())
	n, passwords, mfa := int64(len(truth.Users)+1), int64(0), int64(0)
	var last column.Value
	for _, u := range truth.Users {
		if u.Password.Enabled {
			passwords++
		}
		if u.MFA {
			mfa++
		}
		if used := timestampOf(u.Keys[0].LastUsed); used != nil && (last == nil || used.(column.Timestamp) > last.(column.Timestamp)) {
			last = used
		}
	}
	return []column.Value{id, generated, n, n, passwords, mfa, last}
}

// askOne reads one account's users with their tags, and compares user by user. Tags may be missing, but not be wrong.
func (a *asker) askOne(ctx context.Context) error {
	ids := a.sim.Accounts()
	id := ids[a.random.IntN(len(ids))]
	sql := fmt.Sprintf(`SELECT r.user, c.generated_time, r.password_enabled, r.mfa_active, r.access_key_1_last_used_date, r.tags->'team'
		FROM aws.iam_credential_report r JOIN credsql.accounts c ON c.account_id = r.account_id
		WHERE r.account_id = '%s' AND c.account_id = '%s' AND r.user <> '<root_account>' ORDER BY r.user`, id, id)
	rows, err := a.ask(ctx, sql)
	if e, ok := sqlerr.As(err); ok && e.Code == sqlerr.CodeSource || err == nil && len(rows) == 0 {
		return nil // it could not be read: askAll compares that with credsql.accounts
	}
	if err != nil {
		return err
	}
	truth, _ := a.sim.TruthAt(id, time.UnixMicro(int64(rows[0][1].(column.Timestamp))).UTC())
	if len(rows) != len(truth.Users) {
		return fmt.Errorf("account %s: %d users, expected %d", id, len(rows), len(truth.Users))
	}
	for i, row := range rows {
		u := truth.Users[i]
		want := []column.Value{u.Name, rows[0][1], u.Password.Enabled, u.MFA, timestampOf(u.Keys[0].LastUsed), u.Tags[0].Value}
		if row[5] == nil {
			want[5] = nil
		}
		if !slices.Equal(row, want) {
			return fmt.Errorf("account %s: the answer is %v, expected %v", id, row, want)
		}
	}
	return nil
}

// ask gives all rows of a statement.
func (a *asker) ask(ctx context.Context, sql string) ([][]column.Value, error) {
	rows, err := a.session.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][]column.Value
	for {
		batch, err := rows.Next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		for i := range batch.N {
			row := make([]column.Value, len(batch.Cols))
			for c, v := range batch.Cols {
				row[c] = v.Value(i)
			}
			all = append(all, row)
		}
	}
}

func timestampOf(t time.Time) column.Value {
	if t.IsZero() {
		return nil
	}
	return column.Timestamp(t.UnixMicro())
}

// askAround has all askers ask at once, over and over until ctx ends, and gives how many answers were right and the first
// error of each.
func askAround(ctx context.Context, askers []*asker) func() (answers int, err error) {
	type tally struct {
		answers int
		err     error
	}
	done := make(chan tally, len(askers))
	for _, a := range askers {
		go func() {
			var n tally
			for ; ctx.Err() == nil && n.err == nil; n.answers++ {
				one := a.askOne
				if n.answers%4 == 0 {
					one = a.askAll
				}
				if err := one(ctx); err != nil && ctx.Err() == nil {
					n.err = err
				}
				sleep(ctx, 300*time.Millisecond)
			}
			done <- n
		}()
	}
	return func() (answers int, err error) {
		for range askers {
			n := <-done
			answers += n.answers
			if n.err != nil {
				err = n.err
			}
		}
		return answers, err
	}
}
