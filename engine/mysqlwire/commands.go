package mysqlwire

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine/sqlerr"
)

// errQuit is a client that says goodbye.
var errQuit = errors.New("quit")

// commands answers commands until the client leaves or must go.
func (c *conn) commands() error {
	c.in.patience = c.readDeadline
	for {
		if err := c.await(); err != nil {
			return c.farewell(err)
		}
		c.in.seq = 0
		data, err := c.in.packet(c.server.config.Limits.Packet)
		c.resume()
		switch {
		case errors.Is(err, errTooLarge):
			return c.refuse(mysql.ER_NET_PACKET_TOO_LARGE, "Got a packet bigger than 'max_allowed_packet' bytes")
		case errors.Is(err, errMalformed):
			return c.refuse(mysql.ER_MALFORMED_PACKET, "Malformed communication packet")
		case err != nil:
			return c.farewell(err)
		}
		if err := c.command(data); err != nil {
			_ = c.out.release()
			return err
		}
		if err := c.out.release(); err != nil {
			return err
		}
	}
}

// farewell tells a client that may still listen why it is left.
func (c *conn) farewell(err error) error {
	c.mu.Lock()
	doomed := c.doomed
	c.mu.Unlock()
	c.in.seq = 0
	switch {
	case errors.Is(doomed, errDrained):
		return c.refuse(mysql.ER_SERVER_SHUTDOWN, "Server shutdown in progress")
	case doomed != nil:
		return c.refuseError(doomed)
	case timedOut(err):
		return c.refuse(erClientInteractionTime, "The client was disconnected by the server because of inactivity.")
	case errors.Is(err, io.EOF):
		return nil
	}
	return err
}

// handlers answer each command that there is. Their error ends the connection; what went wrong for the client has been written.
var handlers = map[byte]func(c *conn, data []byte) error{
	mysql.COM_QUIT:                func(*conn, []byte) error { return errQuit },
	mysql.COM_INIT_DB:             (*conn).initDB,
	mysql.COM_QUERY:               (*conn).query,
	mysql.COM_FIELD_LIST:          (*conn).fieldList,
	mysql.COM_STATISTICS:          (*conn).statistics,
	mysql.COM_PROCESS_INFO:        func(c *conn, _ []byte) error { return c.query([]byte("SHOW PROCESSLIST")) },
	mysql.COM_PROCESS_KILL:        (*conn).processKill,
	mysql.COM_PING:                func(c *conn, _ []byte) error { return c.writeOK(false, 0) },
	mysql.COM_CHANGE_USER:         (*conn).changeUser,
	mysql.COM_RESET_CONNECTION:    (*conn).resetConnection,
	mysql.COM_SET_OPTION:          (*conn).setOption,
	mysql.COM_STMT_PREPARE:        (*conn).prepare,
	mysql.COM_STMT_EXECUTE:        (*conn).execute,
	mysql.COM_STMT_SEND_LONG_DATA: (*conn).sendLongData,
	mysql.COM_STMT_RESET:          (*conn).resetStatement,
	mysql.COM_STMT_CLOSE:          (*conn).closeStatement,
}

// command answers one. A panic is an internal error to this client alone.
func (c *conn) command(data []byte) (err error) {
	defer func() {
		if p := recover(); p != nil {
			c.server.config.Logger.Error("panic in a command", "connection", c.id, "panic", p, "stack", string(debug.Stack()))
			c.writeError(sqlerr.Internal(fmt.Errorf("%v", p)))
			err = nil
		}
	}()
	if len(data) == 0 {
		return c.refuse(mysql.ER_MALFORMED_PACKET, "Malformed communication packet")
	}
	answer := handlers[data[0]]
	if answer == nil {
		c.writeErrorPacket(mysql.ER_UNKNOWN_COM_ERROR, stateOf(mysql.ER_UNKNOWN_COM_ERROR), fmt.Sprintf("Unknown command %d", data[0]))
		return nil
	}
	return answer(c, data[1:])
}

// done answers a command that has no result but that it was done.
func (c *conn) done(err error) error {
	if err != nil {
		c.writeError(err)
		return nil
	}
	return c.writeOK(false, 0)
}

// malformed answers a command whose packet makes no sense: its end was known, so the connection can go on.
func (c *conn) malformed() error {
	c.writeErrorPacket(mysql.ER_MALFORMED_PACKET, stateOf(mysql.ER_MALFORMED_PACKET), "Malformed communication packet")
	return nil
}

func (c *conn) initDB(data []byte) error { return c.done(c.session.UseDatabase(string(data))) }

// setOption switches several statements in one text on (0) and off (1).
func (c *conn) setOption(data []byte) error {
	p := payload{rest: data}
	switch option := p.uint16(); {
	case p.bad || option > 1:
		return c.malformed()
	case option == 0:
		c.caps |= mysql.CLIENT_MULTI_STATEMENTS
	default:
		c.caps &^= mysql.CLIENT_MULTI_STATEMENTS
	}
	return c.writeEOF(false, 0, false)
}

func (c *conn) processKill(data []byte) error {
	p := payload{rest: data}
	id := p.uint32()
	if p.bad {
		return c.malformed()
	}
	return c.done((&control{conn: c}).Kill(uint64(id), false))
}

func (c *conn) resetConnection([]byte) error {
	c.stmts = statements{}
	c.session.Reset()
	return c.writeOK(false, 0)
}

// changeUser logs in anew on the same connection. As in MySQL, who fails is out.
func (c *conn) changeUser(data []byte) error {
	r, err := parseChangeUser(data, c.caps)
	if err != nil {
		return c.refuse(mysql.ER_MALFORMED_PACKET, "Malformed communication packet")
	}
	c.stmts = statements{}
	if limit := c.server.config.Limits.LoginTime; limit > 0 {
		_ = c.net.SetReadDeadline(c.server.now().Add(limit))
	}
	if r.plugin == "" {
		r.plugin = c.plugin
	}
	return c.admit(&exchange{conn: c, users: c.server.users.Load(), nonce: c.nonce, greeted: c.plugin}, r)
}

// fieldList answers with the columns of a table, and after each a default value, which is NULL.
func (c *conn) fieldList(data []byte) error {
	p := payload{rest: data}
	table := string(p.untilEnd())
	columns, err := c.session.Fields(table)
	if err != nil {
		c.writeError(err)
		return nil
	}
	for i := range columns {
		if err := c.out.end(append(appendDefinition(c.out.begin(), &columns[i]), nullCell)); err != nil {
			return err
		}
	}
	return c.writeEOF(false, 0, false)
}
