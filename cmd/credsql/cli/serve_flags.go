package cli

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/spf13/pflag"

	"github.com/credsql/credsql/engine/mysqlwire"
)

// serveFlags say how to serve.
type serveFlags struct {
	listen, socket            string
	user, passwordFile, users string
	tlsCert, tlsKey, tlsCA    string
	tlsSelfSigned, requireTLS bool
	insecure                  int
	metrics                   string
	metricsAccounts           bool
	auditLog                  string
	connections               int
	idle, login, drain        time.Duration
	rows                      int64
	bytes, packet, allMemory  byteSize
	verbose                   bool
}

func (f *serveFlags) add(fs *pflag.FlagSet) {
	fs.SortFlags = false
	fs.StringVar(&f.listen, "listen", "127.0.0.1:3306", "listen on `HOST:PORT`")
	fs.StringVar(&f.socket, "socket", "", "listen on the Unix socket `PATH` instead")
	fs.StringVar(&f.user, "user", "credsql", "the `NAME` of the one user, without --users")
	fs.StringVar(&f.passwordFile, "password-file", "", "read the user's password from `FILE` (default: CREDSQL_PASSWORD, or one made for the run)")
	fs.StringVar(&f.users, "users", "", "read users, with hashes of their passwords and their accounts, from the TOML `FILE`")
	fs.StringVar(&f.tlsCert, "tls-cert", "", "serve TLS with the certificate chain in the PEM `FILE`")
	fs.StringVar(&f.tlsKey, "tls-key", "", "its private key, in the PEM `FILE`")
	fs.BoolVar(&f.tlsSelfSigned, "tls-self-signed", false, "serve TLS with a certificate made for the run; its fingerprint is printed")
	fs.StringVar(&f.tlsCA, "tls-client-ca", "", "let in only clients with a certificate that an authority in the PEM `FILE` signed")
	fs.BoolVar(&f.requireTLS, "require-tls", false, "turn away clients without TLS before they are asked for a password")
	fs.CountVar(&f.insecure, "insecure", "listen beyond this machine without TLS or a password of yours; it has to be given twice")
	fs.StringVar(&f.metrics, "metrics", "", "serve /metrics, /healthz and /readyz over HTTP on `HOST:PORT`; without HOST on this machine only")
	fs.BoolVar(&f.metricsAccounts, "metrics-accounts", false, "in the metrics, tell the age of each account's report by its id")
	fs.StringVar(&f.auditLog, "audit-log", "", "append a JSON line for each login and statement to `FILE`; - for standard output")
	fs.IntVar(&f.connections, "max-connections", 1000, "how many connections there may be; more are refused at once")
	fs.Int64Var(&f.rows, "max-result-rows", 0, "refuse answers of more rows; 0 for no limit")
	fs.Var(&f.bytes, "max-result-bytes", "refuse answers of more bytes: a `SIZE` such as 1GB (default: no limit)")
	fs.Var(&f.packet, "max-packet", "the largest packet from a client: a `SIZE` (default: 16MB)")
	fs.Var(&f.allMemory, "total-memory", "how much memory all statements together may hold: a `SIZE` (default: one and a half times --max-memory)")
	fs.DurationVar(&f.idle, "idle-timeout", 8*time.Hour, "end connections that say nothing for this `DURATION`")
	fs.DurationVar(&f.login, "login-timeout", 10*time.Second, "end connections that have not logged in after this `DURATION`")
	fs.DurationVar(&f.drain, "drain", 30*time.Second, "on SIGTERM, wait this `DURATION` for statements that run")
	fs.BoolVar(&f.verbose, "verbose", false, "log connections as well")
}

// check refuses flags that do not go together, and what is not safe.
func (f *serveFlags) check() error {
	tls := f.tlsCert != "" || f.tlsSelfSigned
	switch {
	case (f.tlsCert == "") != (f.tlsKey == ""):
		return usageError{errors.New("--tls-cert and --tls-key go together")}
	case f.tlsCert != "" && f.tlsSelfSigned:
		return usageError{errors.New("either --tls-cert or --tls-self-signed")}
	case (f.requireTLS || f.tlsCA != "") && !tls:
		return usageError{errors.New("--require-tls and --tls-client-ca need --tls-cert and --tls-key, or --tls-self-signed")}
	case f.users != "" && f.passwordFile != "":
		return usageError{errors.New("either --users or --password-file")}
	}
	return nil
}

// checkExposed refuses to listen beyond this machine without TLS and a password that somebody chose, unless told twice.
func (f *serveFlags) checkExposed(addr net.Addr, chosen bool) error {
	const tellTwice = 2
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || tcp.IP.IsLoopback() || f.insecure >= tellTwice {
		return nil
	}
	lacking := ""
	switch {
	case !chosen:
		lacking = "a password of yours (--users, --password-file or CREDSQL_PASSWORD)"
	case f.tlsCert == "" && !f.tlsSelfSigned:
		lacking = "TLS (--tls-cert and --tls-key, or --tls-self-signed)"
	default:
		return nil
	}
	return usageError{fmt.Errorf("listening on %s, beyond this machine, needs %s; --insecure --insecure does without", addr, lacking)}
}

func (f *serveFlags) limits() mysqlwire.Limits {
	return mysqlwire.Limits{Connections: f.connections, LoginTime: f.login, IdleTime: f.idle, Packet: int(f.packet), Rows: f.rows, Bytes: int64(f.bytes)}
}

// totalMemory is the limit of all statements together.
func (f *serveFlags) totalMemory(perStatement int64) int64 {
	if f.allMemory > 0 {
		return int64(f.allMemory)
	}
	return perStatement + perStatement/2 // the limit of one is half of what there is
}

func (f *serveFlags) logLevel() slog.Level {
	if f.verbose {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}
