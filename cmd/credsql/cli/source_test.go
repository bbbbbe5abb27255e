package cli

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/pflag"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/awsiam/awssim/trouble"
)

// lasting is a source as a shell or a server has it.
func (w *world) lasting(ctx context.Context, t *testing.T, args ...string) (tables.Source, func()) {
	t.Helper()
	streams, _, _ := testIO()
	streams.Clock, streams.Transport = time.Now, w.sim.Transport()
	a := &app{io: streams}
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	a.source.add(fs)
	a.source.live.addReading(fs)
	if err := fs.Parse(args); err != nil {
		t.Fatal(err)
	}
	source, done, err := a.openLasting(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return source, done
}

// value is the first value of a statement's answer.
func value(ctx context.Context, e *engine.Engine, sql string) (any, error) {
	rows, err := e.NewSession().Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	batch, err := rows.Next()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return batch.Cols[0].Value(0), nil
}

// TestLastingSource: in a process that lives long, reports are kept young without statements, and a statement waits for
// nothing that has been read before, even while AWS does not answer.
func TestLastingSource(t *testing.T) {
	signIn(t)
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(organizationOf(5))
		source, done := w.lasting(t.Context(), t, "--org")
		defer done()
		e, err := engine.New(engine.Config{Source: source, Clock: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		ask := func(sql string, want any) {
			t.Helper()
			start := time.Now()
			got, err := value(t.Context(), e, sql)
			if err != nil || got != want || time.Since(start) > 0 {
				t.Errorf("%s: %v after %s, %v; expected %v at once", sql, got, time.Since(start), err, want)
			}
		}
		const young = `SELECT count(*) FROM credsql.accounts WHERE state = 'fresh' AND age < INTERVAL '4 hours'`
		// An account that does not answer keeps only those waiting who need it.
		w.sim.Script(awssim.Rule{Account: accountID(4), Action: trouble.Get, Fault: awssim.Hang})
		background, stop := context.WithCancel(t.Context())
		go func() { _, _ = value(background, e, countAll) }()
		time.Sleep(time.Second)
		ask(countAll+` WHERE account_id IN ('`+accountID(1)+`', '`+accountID(2)+`')`, int64(2*(usersEach+1)))
		stop()
		w.sim.Heal()
		time.Sleep(time.Second)
		ask(countAll, int64(5*(usersEach+1)))
		time.Sleep(10 * time.Hour)
		ask(young, int64(5))
		w.sim.Script(awssim.Rule{Action: trouble.Get, Fault: awssim.Hang}, awssim.Rule{Action: trouble.Generate, Fault: awssim.Hang})
		time.Sleep(5 * time.Hour)
		ask(young, int64(0))
		ask(countAll, int64(5*(usersEach+1)))
		// Both sides of a join are of one moment.
		ask(`SELECT count(*) FROM credsql.accounts a JOIN (SELECT account_id, count(*) AS n FROM aws.iam_credential_report GROUP BY account_id) r
			ON r.account_id = a.account_id AND r.n = a.rows`, int64(5))
	})
}

// TestLastingFiles: a source of files is the same one in a process that lives long.
func TestLastingFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(organizationOf(1))
	source, done := w.lasting(t.Context(), t, "--report", "../../../examples/reports")
	defer done()
	if len(source.Tables()) != 4 {
		t.Error("tables are missing")
	}
}
