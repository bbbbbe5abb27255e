package engine

import (
	gms "github.com/dolthub/go-mysql-server/sql"
)

// processes shows go-mysql-server the connections that the session's user may see. Everything else of the interface is about statements that it
// would run for clients of its own.
type processes struct{ session *Session }

var _ gms.ProcessList = processes{}

func newProcesses(s *Session) gms.ProcessList { return processes{s} }

// Processes are the user's own connections; at a shell there is one.
func (p processes) Processes() []gms.Process {
	c := &p.session.client
	if c.Control == nil {
		return []gms.Process{{Connection: c.ID, User: c.User, Host: c.Host, Database: p.session.Database(), Command: gms.ProcessCommandQuery,
			StartedAt: p.session.engine.config.Clock()}}
	}
	var out []gms.Process
	for _, x := range c.Control.Processes() {
		out = append(out, gms.Process{Connection: x.ID, User: x.User, Host: x.Host, Database: x.Database,
			Command: gms.ProcessCommand(x.Command), StartedAt: x.Since, Query: x.Statement})
	}
	return out
}

// BeginQuery leaves the context as it is.
func (processes) BeginQuery(ctx *gms.Context, _ string) (*gms.Context, error) { return ctx, nil }

// BeginOperation leaves the context as it is.
func (processes) BeginOperation(ctx *gms.Context) (*gms.Context, error) { return ctx, nil }

// AddConnection does nothing.
func (processes) AddConnection(uint32, string) {}

// ConnectionReady does nothing.
func (processes) ConnectionReady(gms.Session) {}

// RemoveConnection does nothing.
func (processes) RemoveConnection(uint32) {}

// EndQuery does nothing.
func (processes) EndQuery(*gms.Context) {}

// EndOperation does nothing.
func (processes) EndOperation(*gms.Context) {}

// Kill does nothing: KILL is answered before go-mysql-server sees it.
func (processes) Kill(uint32) {}

// UpdateTableProgress does nothing.
func (processes) UpdateTableProgress(uint64, string, int64) {}

// UpdatePartitionProgress does nothing.
func (processes) UpdatePartitionProgress(uint64, string, string, int64) {}

// AddTableProgress does nothing.
func (processes) AddTableProgress(uint64, string, int64) {}

// AddPartitionProgress does nothing.
func (processes) AddPartitionProgress(uint64, string, string, int64) {}

// RemoveTableProgress does nothing.
func (processes) RemoveTableProgress(uint64, string) {}

// RemovePartitionProgress does nothing.
func (processes) RemovePartitionProgress(uint64, string, string) {}
