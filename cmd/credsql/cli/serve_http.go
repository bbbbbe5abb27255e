package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/credsql/credsql/tables"
)

// httpPatience bounds each part of a request to the metrics' address.
const httpPatience = 10 * time.Second

// serveHTTP serves health and metrics, if they are asked for, and gives what ends it.
func (s *serving) serveHTTP(source tables.Source) (stop func(), err error) {
	if s.flags.metrics == "" {
		return func() {}, nil
	}
	host, port, err := net.SplitHostPort(s.flags.metrics)
	if err != nil {
		return nil, usageError{fmt.Errorf("--metrics %s: %w", s.flags.metrics, err)}
	}
	if host == "" {
		host = "127.0.0.1"
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, usageError{fmt.Errorf("--metrics: %w", err)}
	}
	accounts := newAccountWatch(source, s.app.io.Clock, s.flags.metricsAccounts)
	server := &http.Server{Handler: s.httpHandler(accounts), ReadTimeout: httpPatience, WriteTimeout: 3 * httpPatience, IdleTimeout: time.Minute}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("metrics", "error", err)
		}
	}()
	s.app.print("metrics on http://" + l.Addr().String() + "/metrics\n")
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = server.Shutdown(ctx)
		accounts.close()
	}, nil
}

func (s *serving) httpHandler(accounts *accountWatch) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(s.metrics, accounts, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := accounts.ready(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, "ready\n")
	})
	return mux
}
