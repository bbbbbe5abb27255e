package mysqlwire

import (
	"errors"
	"net"
	"runtime/debug"
	"time"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// refusalTime is how long telling a client that there is no room may take: it is done by the one goroutine that accepts.
const refusalTime = 100 * time.Millisecond

// accept gives a connection its goroutine, or tells it at once that there is no room.
func (s *Server) accept(nc net.Conn) {
	c := s.newConn(nc)
	if c == nil {
		s.metrics.refused("full")
		s.turnAway(nc)
		return
	}
	go c.serve()
}

// newConn takes a place for a connection; nil if there is none.
func (s *Server) newConn(nc net.Conn) *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining || len(s.conns) >= s.config.Limits.Connections {
		return nil
	}
	s.lastID++
	c := &conn{server: s, id: s.lastID, raw: nc, net: nc, in: newPacketReader(nc), host: hostOf(nc.RemoteAddr()), local: nc.LocalAddr().Network() == "unix"}
	c.secure = c.local
	c.out = packetWriter{stream: nc, pool: s.buffers, seq: &c.in.seq, before: c.writeDeadline}
	s.conns[c.id] = c
	s.busy.Add(1)
	s.metrics.connected(1)
	return c
}

// turnAway says that there are too many connections, without waiting for the client to say anything.
func (s *Server) turnAway(nc net.Conn) {
	var in packetReader
	out := packetWriter{stream: nc, pool: s.buffers, seq: &in.seq, before: func() error { return nc.SetDeadline(s.now().Add(refusalTime)) }}
	message := append([]byte{mysql.ERR_HEADER, byte(mysql.ER_CON_COUNT_ERROR & 0xff), mysql.ER_CON_COUNT_ERROR >> 8}, "Too many connections"...)
	_ = out.packet(message)
	_ = out.release()
	_ = nc.Close()
}

// now is the time that deadlines count from: always the system's, which is what sockets keep.
func (s *Server) now() time.Time { return time.Now() }

// serve is a connection's life. Nothing that a client sends ends more than its own.
func (c *conn) serve() {
	defer c.close()
	defer func() {
		if p := recover(); p != nil {
			c.server.config.Logger.Error("panic in a connection", "connection", c.id, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	limits := &c.server.config.Limits
	if limits.LoginTime > 0 {
		_ = c.net.SetDeadline(c.server.now().Add(limits.LoginTime))
	}
	if err := c.login(); err != nil {
		c.server.config.Logger.Debug("login", "connection", c.id, "host", c.host, "error", err)
		if !errors.Is(err, errRefused) {
			c.server.metrics.loginFailed("broken")
			c.server.audit.login(c, "", "broken")
		}
		return
	}
	_ = c.net.SetDeadline(time.Time{})
	err := c.commands()
	c.server.config.Logger.Debug("connection ended", "connection", c.id, "reason", err)
}

func (c *conn) close() {
	_ = c.net.Close()
	s := c.server
	s.mu.Lock()
	delete(s.conns, c.id)
	s.mu.Unlock()
	s.metrics.connected(-1)
	s.busy.Done()
}
