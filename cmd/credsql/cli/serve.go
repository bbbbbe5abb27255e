package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/mysqlwire"
	"github.com/credsql/credsql/tables"
)

const serveExamples = `  # for this machine, with a password that is printed once
  credsql serve --demo
  mysql -h 127.0.0.1 -P 3306 -u credsql -p aws

  # an organization for a team: users with hashes and accounts of their own, TLS required
  credsql serve --org --org-role credsql-reader --listen 0.0.0.0:3306 --users users.toml \
    --tls-cert cert.pem --tls-key key.pem --require-tls --metrics :9306 --audit-log audit.jsonl`

func newServe(a *app) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer MySQL clients: mysql, DBeaver, Grafana, Metabase, drivers",
		Long: `serve answers statements over MySQL's protocol, DDSQL included. It is read-only,
and listens on this machine only unless told otherwise: beyond it a password of
yours and TLS are needed.

It ends on SIGTERM when the statements that run have been answered, or after
--drain. On SIGHUP it reads users, passwords and certificates again.`,
		Example: serveExamples,
		Args:    cobra.NoArgs,
		RunE: a.run(func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("timeout") && a.query.timeout == 0 {
				a.query.timeout = serveTimeout
			}
			return (&serving{app: a, flags: &f}).run(cmd.Context())
		}),
	}
	f.add(cmd.Flags())
	return cmd
}

// serveTimeout ends statements of a server when --timeout does not say otherwise.
const serveTimeout = 5 * time.Minute

// serving is one run of the command serve.
type serving struct {
	app    *app
	flags  *serveFlags
	log    *slog.Logger
	server *mysqlwire.Server
	// metrics are the server's.
	metrics *mysqlwire.Metrics
	cert    *mysqlwire.Certificate
	// random is the password of this run, where nobody gave one.
	random string
}

// run serves until ctx ends, and then until the statements that run have ended.
func (s *serving) run(ctx context.Context) error {
	if err := s.flags.check(); err != nil {
		return err
	}
	s.log = slog.New(slog.NewTextHandler(s.app.io.Err, &slog.HandlerOptions{Level: s.flags.logLevel()}))
	source, done, err := s.app.openLasting(ctx)
	if err != nil {
		return err
	}
	defer done()
	audit, err := s.openAudit()
	if err != nil {
		return err
	}
	if audit != nil {
		defer audit.Close()
	}
	if err := s.newServer(source, audit); err != nil {
		return err
	}
	listener, err := s.listen()
	if err != nil {
		return err
	}
	stopHTTP, err := s.serveHTTP(source)
	if err != nil {
		_ = listener.Close()
		return err
	}
	defer stopHTTP()
	s.announce(listener)
	return s.untilStopped(ctx, listener)
}

// newServer wires engine, users and TLS.
func (s *serving) newServer(source tables.Source, audit io.WriteCloser) error {
	a := s.app
	perStatement := a.memory()
	e, err := engine.New(engine.Config{Source: source, Clock: a.io.Clock, Timeout: a.query.timeout, Settings: a.query.settings(), Logger: s.log,
		MaxMemory: perStatement, TotalMemory: s.flags.totalMemory(perStatement)})
	if err != nil {
		return err
	}
	users, err := s.users()
	if err != nil {
		return err
	}
	config := mysqlwire.Config{Backend: mysqlwire.FromEngine(e), Users: users, RequireTLS: s.flags.requireTLS, Limits: s.flags.limits(),
		Logger: s.log, Clock: a.io.Clock, Metrics: mysqlwire.NewMetrics()}
	if audit != nil {
		config.Audit = audit
	}
	if config.TLS, err = s.tlsConfig(); err != nil {
		return err
	}
	s.metrics = config.Metrics
	s.server, err = mysqlwire.New(config)
	return err
}

// untilStopped accepts clients until ctx ends or the listener fails, and drains.
func (s *serving) untilStopped(ctx context.Context, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.server.Serve(listener) }()
	hangup := s.app.io.Hangup
	if hangup == nil {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, syscall.SIGHUP)
		defer signal.Stop(signals)
		hangup = signals
	}
	for {
		select {
		case err := <-failed:
			return err
		case <-hangup:
			s.reload()
		case <-ctx.Done():
			s.log.Info("stopping: waiting for statements that run", "at most", s.flags.drain)
			drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.flags.drain)
			defer cancel()
			if err := s.server.Shutdown(drain); err != nil {
				s.log.Warn("stopped; statements that still ran were cancelled")
			}
			return nil
		}
	}
}

// reload reads users, passwords and certificates again. What is wrong with them is told, and the old ones stay.
func (s *serving) reload() {
	users, err := s.users()
	if err == nil {
		s.server.SetUsers(users)
		s.log.Info("users read again", "users", len(users.Names()))
	} else {
		s.log.Error("users not read again: the old ones stay", "error", err)
	}
	if s.flags.tlsCert == "" {
		return
	}
	certPEM, keyPEM, err := s.readCertificate()
	if err == nil {
		err = s.cert.Replace(certPEM, keyPEM)
	}
	if err != nil {
		s.log.Error("certificate not read again: the old one stays", "error", err)
		return
	}
	s.log.Info("certificate read again", "fingerprint", s.cert.Fingerprint())
}

// announce says how to connect.
func (s *serving) announce(l net.Listener) {
	a := s.app
	where := l.Addr().String()
	if l.Addr().Network() == "unix" {
		where = "unix socket " + where
	}
	a.print("listening on " + where + "\n")
	if s.random != "" {
		a.print(fmt.Sprintf("user %s, password %s (made for this run; --password-file sets one)\n", s.flags.user, s.random))
	}
	if s.cert != nil {
		a.print("TLS certificate SHA-256 " + s.cert.Fingerprint() + "\n")
	}
	if host, port, err := net.SplitHostPort(l.Addr().String()); err == nil {
		a.print(fmt.Sprintf("  mysql -h %s -P %s -u %s -p aws\n", host, port, s.flags.user))
	}
}

// openAudit opens the audit log; nil if there is none.
func (s *serving) openAudit() (io.WriteCloser, error) {
	switch s.flags.auditLog {
	case "":
		return nil, nil
	case "-":
		return nopCloser{s.app.io.Out}, nil
	}
	const ownerOnly = 0o600 // it holds statements, and those hold names
	f, err := os.OpenFile(s.flags.auditLog, os.O_CREATE|os.O_APPEND|os.O_WRONLY, ownerOnly)
	if err != nil {
		return nil, usageError{fmt.Errorf("open the audit log: %w", err)}
	}
	return f, nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
