package cli

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// soakClient is a user of the server, through a MySQL driver: it asks statements and compares the answers with what the simulation
// says was so when AWS made each report.
type soakClient struct {
	sim    *awssim.Sim
	db     *sql.DB
	strict *sql.Conn // on which credsql.strict is on
	random *rand.Rand
	counts *soakCounts
}

// connect makes clients, half of them with prepared statements, all with connections that come and go.
func (k serverSoak) connect(t *testing.T, sim *awssim.Sim, addr string, counts *soakCounts) []*soakClient {
	t.Helper()
	clients := make([]*soakClient, k.clients)
	for i := range clients {
		config := mysql.NewConfig()
		config.User, config.Passwd, config.Net, config.Addr, config.DBName = "credsql", "secret", "tcp", addr, "aws"
		config.ParseTime, config.InterpolateParams, config.Logger = true, i%2 == 0, log{}
		connector, err := mysql.NewConnector(config)
		if err != nil {
			t.Fatal(err)
		}
		db := sql.OpenDB(connector)
		db.SetConnMaxLifetime(5 * time.Second)
		t.Cleanup(func() { _ = db.Close() })
		strict, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = strict.Close() }) // before the pool: closing that leaves connections in use alone
		if _, err := strict.ExecContext(t.Context(), "SET credsql.strict = on"); err != nil {
			t.Fatal(err)
		}
		clients[i] = &soakClient{sim: sim, db: db, strict: strict, random: rand.New(rand.NewPCG(3, uint64(i))), counts: counts}
	}
	return clients
}

// ask asks until ctx ends or an answer is wrong.
func (c *soakClient) ask(ctx context.Context) error {
	questions := []func(context.Context) error{c.askWhole, c.askOne, c.askOne, c.askRaw, c.askStrict}
	for i := 0; ; i++ {
		if err := questions[i%len(questions)](ctx); ctx.Err() != nil {
			return nil // what was under way then is torn off
		} else if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(c.random.IntN(200)) * time.Millisecond):
		}
	}
}

// refused says whether the server gave no rows because accounts could not be read. Anything else must not go wrong.
func (c *soakClient) refused(err error) bool {
	var e *mysql.MySQLError
	if !errors.As(err, &e) || string(e.SQLState[:]) != "58000" {
		return false
	}
	c.counts.refused.Add(1)
	return true
}

// answer asks one statement, has each row taken in, and gives the warnings that came with the answer. refused says that there were no
// rows because accounts could not be read.
func (c *soakClient) answer(ctx context.Context, take func(*sql.Rows) error, query string, args ...any) (warnings string, refused bool, err error) {
	conn, err := c.db.Conn(ctx)
	if err != nil {
		return "", false, err
	}
	defer conn.Close()
	rows, err := conn.QueryContext(ctx, query, args...)
	if c.refused(err) {
		return "", true, nil
	}
	if err != nil {
		return "", false, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return "", false, err
		}
	}
	if err := rows.Err(); err != nil {
		return "", false, err
	}
	said, err := conn.QueryContext(ctx, "SHOW WARNINGS")
	if err != nil {
		return "", false, err
	}
	defer said.Close()
	for said.Next() {
		var level, code, message string
		if err := said.Scan(&level, &code, &message); err != nil {
			return "", false, err
		}
		warnings += message + "\n"
	}
	return warnings, false, said.Err()
}

// askWhole counts over all accounts and compares account by account. Both tables must be of one moment.
func (c *soakClient) askWhole(ctx context.Context) error {
	seen := map[string]bool{}
	states := map[string]int{}
	lacking := 0
	warnings, refused, err := c.answer(ctx, func(rows *sql.Rows) error {
		var id, state string
		var generated, used sql.NullTime
		var told, n, passwords, mfa sql.NullInt64
		if err := rows.Scan(&id, &state, &generated, &told, &n, &passwords, &mfa, &used); err != nil {
			return err
		}
		seen[id] = true
		states[state]++
		got := soakSummary{told.Int64, n.Int64, passwords.Int64, mfa.Int64, used.Time}
		var want soakSummary
		if generated.Valid {
			want = c.summary(id, generated.Time)
		} else {
			lacking++
		}
		if readable := state == "fresh" || state == "stale" || state == "refreshing"; got != want || readable != generated.Valid {
			return fmt.Errorf("account %s, %s, report of %v: the answer is %v, expected %v", id, state, generated, got, want)
		}
		c.counts.rows.Add(1)
		return nil
	}, `SELECT c.account_id, c.state, c.generated_time, c.rows, r.n, r.passwords, r.mfa, r.last_used
		FROM credsql.accounts c LEFT JOIN (
			SELECT account_id, count(*) AS n, count(*) FILTER (WHERE password_enabled) AS passwords,
				count(*) FILTER (WHERE mfa_active) AS mfa, max(access_key_1_last_used_date) AS last_used
			FROM aws.iam_credential_report GROUP BY account_id) r ON r.account_id = c.account_id`)
	if err != nil || refused {
		return err
	}
	if len(seen) != len(c.sim.Accounts()) {
		return fmt.Errorf("%d accounts of %d are in the answer", len(seen), len(c.sim.Accounts()))
	}
	if warned := strings.Contains(warnings, "could not be read"); warned != (lacking > 0) {
		return fmt.Errorf("%d accounts are missing, and the warnings are %q", lacking, warnings)
	}
	if lacking > 0 {
		c.counts.lacking.Add(1)
	}
	c.counts.stand.Store(states)
	c.counts.whole.Add(1)
	return nil
}

type soakSummary struct {
	told, n, passwords, mfa int64
	lastUsed                time.Time
}

// summary is what askWhole expects of an account whose report was generated at a moment.
func (c *soakClient) summary(id string, generated time.Time) soakSummary {
	truth, _ := c.sim.TruthAt(id, generated)
	n := int64(len(truth.Users) + 1)
	want := soakSummary{told: n, n: n}
	for _, u := range truth.Users {
		if u.Password.Enabled {
			want.passwords++
		}
		if u.MFA {
			want.mfa++
		}
		if u.Keys[0].LastUsed.After(want.lastUsed) {
			want.lastUsed = u.Keys[0].LastUsed
		}
	}
	return want
}

// some is one account by chance.
func (c *soakClient) some() string {
	ids := c.sim.Accounts()
	return ids[c.random.IntN(len(ids))]
}

// soakUser is what askOne reads of a user.
type soakUser struct {
	name          string
	password, mfa bool
	keyUsed       time.Time
	team          string
}

// askOne reads one account's users with their tags, and compares user by user. Tags may be missing, but not be wrong.
func (c *soakClient) askOne(ctx context.Context) error {
	id := c.some()
	var got []soakUser
	var generated time.Time
	tagged := true
	warnings, refused, err := c.answer(ctx, func(rows *sql.Rows) error {
		var u soakUser
		var used sql.NullTime
		var team sql.NullString
		if err := rows.Scan(&generated, &u.name, &u.password, &u.mfa, &used, &team); err != nil {
			return err
		}
		u.keyUsed, u.team = used.Time, team.String
		tagged = tagged && team.Valid
		got = append(got, u)
		return nil
	}, `SELECT c.generated_time, r.user, r.password_enabled, r.mfa_active, r.access_key_1_last_used_date, r.tags->'team'
		FROM aws.iam_credential_report r JOIN credsql.accounts c ON c.account_id = r.account_id
		WHERE r.account_id = ? AND c.account_id = ? AND r.user <> '<root_account>' ORDER BY r.user`, id, id)
	if err != nil || refused {
		return err
	}
	if warned := strings.Contains(warnings, "tags that could not be read, and are NULL"); warned == tagged {
		return fmt.Errorf("account %s: all tags are there: %v, and the warnings are %q", id, tagged, warnings)
	}
	if !tagged {
		c.counts.lacking.Add(1)
	}
	truth, _ := c.sim.TruthAt(id, generated)
	var want []soakUser
	for _, u := range truth.Users {
		want = append(want, soakUser{u.Name, u.Password.Enabled, u.MFA, u.Keys[0].LastUsed, u.Tags[0].Value})
		if !tagged {
			want[len(want)-1].team = got[min(len(want), len(got))-1].team
		}
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("account %s, report of %v: the answer is %v, expected %v", id, generated, got, want)
	}
	c.counts.one.Add(1)
	c.counts.rows.Add(int64(len(got)))
	return nil
}

// askRaw reads one account's report as AWS sent it, and compares it field by field.
func (c *soakClient) askRaw(ctx context.Context) error {
	id := c.some()
	var generated time.Time
	var got [][]string
	warnings, refused, err := c.answer(ctx, func(rows *sql.Rows) error {
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		fields := make([]sql.NullString, len(columns)-1)
		into := []any{&generated}
		for i := range fields {
			into = append(into, &fields[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		const before, sent = 3, 22 // account_id, file and line; the columns that AWS sends
		record := make([]string, sent)
		for i := range record {
			record[i] = fields[before+i].String
		}
		if got == nil {
			got = [][]string{columns[1+before : 1+before+sent]}
		}
		got = append(got, record)
		return nil
	}, `SELECT c.generated_time, r.* FROM credsql.raw_report r JOIN credsql.accounts c ON c.account_id = r.account_id
		WHERE r.account_id = ? ORDER BY r.line`, id)
	if err != nil || refused {
		return err
	}
	if got == nil { // others could be read, so that it is no error
		if !strings.Contains(warnings, "could not be read") {
			return fmt.Errorf("raw report of %s: no rows, and the warnings are %q", id, warnings)
		}
		c.counts.lacking.Add(1)
		return nil
	}
	truth, _ := c.sim.TruthAt(id, generated)
	want, err := csv.NewReader(strings.NewReader(string(truth.Report))).ReadAll()
	if err != nil {
		return err
	}
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		return fmt.Errorf("raw report of %s of %v: the answer is %v, expected %v", id, generated, got, want)
	}
	c.counts.raw.Add(1)
	c.counts.rows.Add(int64(len(got) - 1))
	return nil
}

// askStrict names three accounts, and wants all of them or none.
func (c *soakClient) askStrict(ctx context.Context) error {
	ids := c.sim.Accounts()
	from := c.random.IntN(len(ids) - 2)
	var accounts, n int
	err := c.strict.QueryRowContext(ctx, `SELECT count(DISTINCT account_id), count(*) FROM aws.iam_credential_report WHERE account_id IN (?, ?, ?)`,
		ids[from], ids[from+1], ids[from+2]).Scan(&accounts, &n)
	if c.refused(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("strict: %w", err)
	}
	if accounts != 3 || n != 3*(usersEach+1) {
		return fmt.Errorf("strict: %d users of %d accounts, from %s on", n, accounts, ids[from])
	}
	c.counts.strict.Add(1)
	return nil
}
