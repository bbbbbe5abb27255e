package mysqlwire

import (
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"math"
	"time"
)

// Version is what clients are told they talk to: high enough that Connector/J asks for no variable of before 8.0.3.
const Version = "8.0.40-credsql"

// Config says how a server serves. Backend and Users are needed.
type Config struct {
	// Backend answers statements.
	Backend Backend
	// Users are those who may come in. SetUsers changes them.
	Users *Users
	// TLS is the server's certificate and what it asks of clients'. Default: no TLS.
	TLS *tls.Config
	// RequireTLS turns away clients without TLS before they are asked for a password. A Unix socket counts as TLS.
	RequireTLS bool
	// Version is the server version in the greeting; the Backend's VERSION() has to agree. Default: Version.
	Version string
	// Limits bound what clients may take.
	Limits Limits
	// Audit gets a JSON line for each statement and each login. Default: none.
	Audit io.Writer
	// Metrics count. Default: they count for nobody.
	Metrics *Metrics
	// Logger gets what is not for clients. Default: nothing is logged.
	Logger *slog.Logger
	// Clock gives the time of logs, throttling and process lists. Default: the system's.
	Clock func() time.Time
}

// Limits bound what clients may take. Zero fields take the defaults; negative ones mean no bound.
type Limits struct {
	// Connections is how many there may be at once; more are turned away at once. Default 1000.
	Connections int
	// LoginTime is how long the connection phase may take. Default 10s.
	LoginTime time.Duration
	// IdleTime is how long a connection may say nothing. Default 8h, MySQL's.
	IdleTime time.Duration
	// WriteTime is how long one write may wait for a client that does not read. Default 60s.
	WriteTime time.Duration
	// Packet is the largest packet in bytes, statements and parameters together. Default 16 MiB.
	Packet int
	// Text is the longest text of statements in bytes. Default 256 KiB, beyond which the engine refuses it anyway.
	Text int
	// Statements is how many prepared statements a connection may hold. Default 1000.
	Statements int
	// StatementBytes is how many bytes their texts and their long data may take together. Default 32 MiB.
	StatementBytes int
	// Rows and Bytes end an answer that is larger. Default: no bound.
	Rows, Bytes int64
}

// What Limits' zero fields mean.
const (
	defaultConnections    = 1000
	defaultLoginTime      = 10 * time.Second
	defaultIdleTime       = 8 * time.Hour
	defaultWriteTime      = time.Minute
	defaultPacket         = 16 << 20
	defaultText           = 256 << 10
	defaultStatements     = 1000
	defaultStatementBytes = 32 << 20
)

func (l Limits) withDefaults() Limits {
	orElse(&l.Connections, defaultConnections)
	orElse(&l.LoginTime, defaultLoginTime)
	orElse(&l.IdleTime, defaultIdleTime)
	orElse(&l.WriteTime, defaultWriteTime)
	orElse(&l.Packet, defaultPacket)
	orElse(&l.Text, defaultText)
	orElse(&l.Statements, defaultStatements)
	orElse(&l.StatementBytes, defaultStatementBytes)
	for _, n := range []*int{&l.Connections, &l.Packet, &l.Text, &l.Statements, &l.StatementBytes} {
		if *n < 0 {
			*n = math.MaxInt32
		}
	}
	return l
}

func orElse[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

func (c Config) withDefaults() Config {
	c.Limits = c.Limits.withDefaults()
	orElse(&c.Version, Version)
	if c.Metrics == nil {
		c.Metrics = NewMetrics()
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	return c
}

func (c Config) validate() error {
	switch {
	case c.Backend == nil:
		return errors.New("mysqlwire: Config.Backend is needed")
	case c.Users == nil:
		return errors.New("mysqlwire: Config.Users is needed")
	case c.RequireTLS && c.TLS == nil:
		return errors.New("mysqlwire: Config.RequireTLS needs Config.TLS")
	case c.Limits.Packet > 0 && c.Limits.Packet < readSize:
		return errors.New("mysqlwire: Limits.Packet is below 1 KiB")
	}
	return nil
}
