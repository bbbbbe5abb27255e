package mysqlwire

import (
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics are what a server counts. They are a prometheus.Collector.
type Metrics struct {
	questions   atomic.Int64 // of all kinds, for SHOW STATUS
	connections prometheus.Gauge
	turnedAway  *prometheus.CounterVec
	logins      *prometheus.CounterVec
	statements  *prometheus.CounterVec
	latency     prometheus.Histogram
	rows, bytes prometheus.Counter
}

var _ prometheus.Collector = (*Metrics)(nil)

// NewMetrics makes metrics that stand at zero.
func NewMetrics() *Metrics {
	return &Metrics{
		connections: prometheus.NewGauge(prometheus.GaugeOpts{Name: "credsql_connections", Help: "Connections that are open now."}),
		turnedAway: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "credsql_connections_refused_total", Help: "Connections that were turned away, by reason."}, []string{"reason"}),
		logins: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "credsql_logins_failed_total", Help: "Logins that failed, by reason."}, []string{"reason"}),
		statements: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "credsql_statements_total", Help: "Statements, by kind and outcome."}, []string{"kind", "outcome"}),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "credsql_statement_seconds", Help: "Time from a statement's arrival to the end of its answer.",
			Buckets: prometheus.ExponentialBuckets(0.0001, 4, 10)}),
		rows:  prometheus.NewCounter(prometheus.CounterOpts{Name: "credsql_rows_sent_total", Help: "Rows sent to clients."}),
		bytes: prometheus.NewCounter(prometheus.CounterOpts{Name: "credsql_row_bytes_sent_total", Help: "Bytes of rows sent to clients."}),
	}
}

func (m *Metrics) parts() []prometheus.Collector {
	return []prometheus.Collector{m.connections, m.turnedAway, m.logins, m.statements, m.latency, m.rows, m.bytes}
}

// Describe implements prometheus.Collector.
func (m *Metrics) Describe(ch chan<- *prometheus.Desc) {
	for _, p := range m.parts() {
		p.Describe(ch)
	}
}

// Collect implements prometheus.Collector.
func (m *Metrics) Collect(ch chan<- prometheus.Metric) {
	for _, p := range m.parts() {
		p.Collect(ch)
	}
}

func (m *Metrics) connected(n float64)       { m.connections.Add(n) }
func (m *Metrics) refused(reason string)     { m.turnedAway.WithLabelValues(reason).Inc() }
func (m *Metrics) loginFailed(reason string) { m.logins.WithLabelValues(reason).Inc() }

func (m *Metrics) statement(e *execution, elapsed time.Duration) {
	m.questions.Add(1)
	kind := e.kind
	if kind == "" {
		kind = "none" // it failed before anybody knew
	}
	m.statements.WithLabelValues(kind, e.outcome).Inc()
	m.latency.Observe(elapsed.Seconds())
	m.rows.Add(float64(e.rows))
	m.bytes.Add(float64(e.bytes))
}
