package awsiam

import (
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

// account is what a source knows of one account. Source.mu guards it; what it points to does not change.
type account struct {
	target *target
	report *credreport.Report // with tags once they have been read; nil: none yet
	tags   *tagSet            // of the report; nil: not read
	failed *failure           // of the last asking for a report
	noTags *failure           // of the last asking for tags

	attempts  int64
	failures  int       // in a row
	askReport time.Time // not before this is AWS asked for a report again
	askTags   time.Time // the same for tags
	wanted    bool      // a statement has read the account
	wantTags  bool      // a statement has read its tags
	forced    bool      // the next statement waits for a new report, though Run is at work
	flight    *flight   // nil: nothing under way
}

// goals are what is to be fetched of an account.
type goals struct{ report, tags bool }

func (g goals) none() bool { return !g.report && !g.tags }

// due is what must be fetched so that a statement that needs tags, or not, sees what AWS has now.
func (a *account) due(tags bool, now time.Time) goals {
	if a.target.skipped != "" || a.target.failed != nil {
		return goals{}
	}
	g := goals{report: !now.Before(a.askReport)}
	if tags {
		g.tags = g.report || a.report != nil && !now.Before(a.askTags)
	}
	return g
}

// Pauses after a failure, so that a shell or a server does not ask a closed door with every statement.
const (
	deniedPause = 5 * time.Minute
	failedPause = 30 * time.Second
	longestWait = 10 * time.Minute
	staleShare  = 240 // of the time AWS keeps a report: a minute of four hours
)

// plan sets when the account is to be asked again, after an answer.
func (a *account) plan(now time.Time, maxAge, keep time.Duration) {
	if a.failed != nil {
		a.failures++
		pause := min(longestWait, failedPause<<min(a.failures-1, 10))
		if a.failed.denied {
			pause = max(pause, deniedPause)
		}
		a.askReport = now.Add(pause)
		return
	}
	a.failures = 0
	generated := a.report.GeneratedTime()
	a.askReport = generated.Add(maxAge)
	if a.askReport.After(now) {
		return
	}
	// AWS has nothing younger: it will when it has kept this one for long enough.
	a.askReport = generated.Add(keep)
	if soonest := now.Add(keep / staleShare); a.askReport.Before(soonest) {
		a.askReport = soonest
	}
}

// planTags does the same for tags.
func (a *account) planTags(now time.Time, maxAge, keep time.Duration) {
	soonest := now.Add(keep / staleShare)
	switch {
	case a.noTags != nil && a.noTags.denied:
		a.askTags = now.Add(deniedPause)
	case a.noTags != nil:
		a.askTags = now.Add(failedPause)
	default:
		a.askTags = a.tags.read.Add(maxAge)
	}
	if a.askTags.Before(soonest) {
		a.askTags = soonest
	}
}

// standing is the account as a row of credsql.accounts.
func (a *account) standing(now time.Time, maxAge, keep time.Duration) tables.Account {
	t := a.target
	row := tables.Account{ID: t.id, Name: t.name, Partition: t.partition, Source: t.source, Attempts: a.attempts}
	failed := a.failed
	if t.failed != nil {
		failed = t.failed
	}
	if failed != nil {
		row.Error = failed.Error()
	}
	if a.report != nil {
		row.GeneratedTime, row.Rows, row.SHA256 = a.report.GeneratedTime(), int64(a.report.Rows()), a.report.SHA256()
		row.NextRefresh = row.GeneratedTime.Add(keep)
	}
	switch {
	case t.skipped != "":
		row.State, row.Error = tables.StateSkipped, t.skipped
	case a.report == nil && failed != nil:
		row.State = failed.state()
	case a.report == nil:
		row.State, row.Error = tables.StateFailed, "not done in time"
	case a.flight != nil && a.flight.goals.report:
		row.State = tables.StateRefreshing
	case now.Sub(row.GeneratedTime) <= maxAge:
		row.State = tables.StateFresh
	default:
		row.State = tables.StateStale
	}
	return row
}
