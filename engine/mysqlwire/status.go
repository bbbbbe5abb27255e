package mysqlwire

import "github.com/go-mysql-org/go-mysql/mysql"

// baseStatus is in the greeting and every OK and EOF: a client that heeds it does not escape quotes with backslashes, which in
// DDSQL end the string.
const baseStatus = mysql.SERVER_STATUS_AUTOCOMMIT | mysql.SERVER_STATUS_NO_BACKSLASH_ESCAPED

// status is the server status that goes with an answer. more says that another result follows.
func (c *conn) status(more bool) uint16 {
	s := baseStatus
	if c.session != nil {
		state := c.session.State()
		if !state.Autocommit {
			s &^= mysql.SERVER_STATUS_AUTOCOMMIT
		}
		if state.InTransaction {
			s |= mysql.SERVER_STATUS_IN_TRANS
		}
	}
	if more {
		s |= mysql.SERVER_MORE_RESULTS_EXISTS
	}
	return s
}

// okTail is what OK and the OK that ends rows have after their header: no rows touched, no id, status, warnings.
func okTail(dst []byte, status, warnings uint16) []byte {
	return append(dst, 0, 0, byte(status), byte(status>>8), byte(warnings), byte(warnings>>8))
}

// writeOK says that a command was done.
func (c *conn) writeOK(more bool, warnings uint16) error {
	return c.out.end(okTail(append(c.out.begin(), mysql.OK_HEADER), c.status(more), warnings))
}

// writeEOF ends a list of columns or rows, in the form that the client's capabilities ask for. A list of definitions has none for clients
// that deprecate EOF.
func (c *conn) writeEOF(more bool, warnings uint16, definitions bool) error {
	status := c.status(more)
	if c.caps&mysql.CLIENT_DEPRECATE_EOF != 0 {
		if definitions {
			return nil
		}
		return c.out.end(okTail(append(c.out.begin(), mysql.EOF_HEADER), status, warnings))
	}
	return c.writeOldEOF(status, warnings)
}

func (c *conn) writeOldEOF(status, warnings uint16) error {
	return c.out.end(append(c.out.begin(), mysql.EOF_HEADER, byte(warnings), byte(warnings>>8), byte(status), byte(status>>8)))
}
