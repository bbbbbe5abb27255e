package cli

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/credsql/credsql/tables"
)

// watchEvery is how old what the metrics say of accounts may be: asking may mean to fetch.
const watchEvery = 15 * time.Second

// accountWatch knows how the accounts of a source stand: for readiness, and as a prometheus.Collector.
type accountWatch struct {
	source tables.Source
	clock  func() time.Time
	each   bool // metrics by account id

	ctx    context.Context
	cancel context.CancelFunc

	mu       sync.Mutex
	asking   chan struct{} // closed when the answer is there; nil: nobody asks
	asked    time.Time
	coverage tables.Coverage
	err      error

	byState, oldest, rows, age *prometheus.Desc
}

var _ prometheus.Collector = (*accountWatch)(nil)

func newAccountWatch(source tables.Source, clock func() time.Time, each bool) *accountWatch {
	w := &accountWatch{
		source: source, clock: clock, each: each, err: errors.New("the reports have not been read yet"),
		byState: prometheus.NewDesc("credsql_accounts", "Accounts, by the state of their report.", []string{"state"}, nil),
		oldest:  prometheus.NewDesc("credsql_oldest_report_seconds", "Age of the oldest report that is readable.", nil, nil),
		rows:    prometheus.NewDesc("credsql_report_rows", "Rows of all reports that are readable.", nil, nil),
		age:     prometheus.NewDesc("credsql_report_age_seconds", "Age of an account's report.", []string{"account_id", "state"}, nil),
	}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	return w
}

func (w *accountWatch) close() { w.cancel() }

// accountsTable is what is asked of the source: how the accounts stand, and none of their rows.
const accountsTable = "credsql.accounts"

// look asks the source, unless it was asked a moment ago, and waits for the answer or for ctx.
func (w *accountWatch) look(ctx context.Context) (tables.Coverage, error) {
	w.mu.Lock()
	if w.asking == nil && (w.asked.IsZero() || w.clock().Sub(w.asked) >= watchEvery) {
		w.asking = make(chan struct{})
		go w.ask(w.asking)
	}
	asking := w.asking
	w.mu.Unlock()
	if asking != nil {
		select {
		case <-asking:
		case <-ctx.Done():
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.coverage, w.err
}

func (w *accountWatch) ask(done chan struct{}) {
	need := tables.Need{Tables: []string{accountsTable}, Columns: map[string][]string{accountsTable: {"account_id"}}}
	snapshot, err := w.source.Snapshot(w.ctx, need)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		w.coverage = snapshot.Coverage()
	}
	w.err, w.asked, w.asking = err, w.clock(), nil
	close(done)
}

// ready says why statements cannot be answered.
func (w *accountWatch) ready(ctx context.Context) error {
	coverage, err := w.look(ctx)
	if err != nil {
		return err
	}
	for _, a := range coverage.Accounts {
		if readable(a.State) {
			return nil
		}
	}
	return errors.New("no account's report is readable")
}

func readable(s tables.State) bool {
	switch s {
	case tables.StateFresh, tables.StateStale, tables.StateRefreshing, tables.StateFile:
		return true
	}
	return false
}

// Describe implements prometheus.Collector.
func (w *accountWatch) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{w.byState, w.oldest, w.rows, w.age} {
		ch <- d
	}
}

// Collect implements prometheus.Collector. A scrape does not wait long for a source that is busy: it gets what was last known.
func (w *accountWatch) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(w.ctx, time.Second)
	defer cancel()
	coverage, _ := w.look(ctx) // when nothing is known, nothing is said
	states := map[tables.State]float64{}
	told := map[string]bool{}
	var oldest, rows float64
	for _, a := range coverage.Accounts {
		states[a.State]++
		rows += float64(a.Rows)
		if a.GeneratedTime.IsZero() {
			continue
		}
		age := w.clock().Sub(a.GeneratedTime).Seconds()
		oldest = max(oldest, age)
		if w.each && !told[a.ID] { // two sources may have one account
			told[a.ID] = true
			ch <- prometheus.MustNewConstMetric(w.age, prometheus.GaugeValue, age, a.ID, string(a.State))
		}
	}
	for state, n := range states {
		ch <- prometheus.MustNewConstMetric(w.byState, prometheus.GaugeValue, n, string(state))
	}
	ch <- prometheus.MustNewConstMetric(w.oldest, prometheus.GaugeValue, oldest)
	ch <- prometheus.MustNewConstMetric(w.rows, prometheus.GaugeValue, rows)
}
