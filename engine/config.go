package engine

import (
	"errors"
	"log/slog"
	"runtime"
	"time"

	"github.com/credsql/credsql/tables"
)

// Config says what an engine reads and what a statement may cost. Only Source is needed.
type Config struct {
	// Source gives the tables.
	Source tables.Source
	// Clock gives the time that NOW() is at the start of a statement. Default: the system's.
	Clock func() time.Time
	// MaxMemory bounds the bytes that one statement's operators may hold. Default: 2 GiB. Negative: no bound.
	MaxMemory int64
	// TotalMemory bounds what all statements that run at one time may hold together. Default: no bound.
	TotalMemory int64
	// Timeout ends a statement that takes longer. Default: none.
	Timeout time.Duration
	// Workers is how many goroutines work on one statement. Default: one a processor.
	Workers int
	// Settings are the values that every session starts with, by name: "credsql.strict", "dd.time_frame_start", ….
	Settings map[string]string
	// Logger gets what is not for the user: internal errors. Default: nothing is logged.
	Logger *slog.Logger
}

const defaultMaxMemory = 2 << 30

func (c Config) withDefaults() Config {
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.MaxMemory == 0 {
		c.MaxMemory = defaultMaxMemory
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}

func (c Config) validate() error {
	if c.Source == nil {
		return errors.New("engine: Config.Source is needed")
	}
	return nil
}
