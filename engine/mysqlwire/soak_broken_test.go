package mysqlwire

import (
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// brokenKinds do not speak the protocol as they should.
func brokenKinds() []soakKind {
	return []soakKind{
		{"garbage for a login", 1, (*soakClient).garbageLogin},
		{"half a login", 1, (*soakClient).halfLogin},
		{"says nothing", 1, (*soakClient).silent},
		{"garbage for commands", 1, (*soakClient).garbageCommands},
		{"half a command", 1, (*soakClient).halfCommand},
		{"never reads", 1, (*soakClient).neverReads},
	}
}

// errGoodEnd is a connection that the server has ended, as it must.
var errGoodEnd = errors.New("ended")

// broken runs f with a connection of bytes, and counts its end as good.
func (c *soakClient) broken(f func(*rawConn) error) func() error { return c.brokenAt(c.tcp, f) }

func (c *soakClient) brokenAt(addr net.Addr, f func(*rawConn) error) func() error {
	return func() error {
		conn, err := net.Dial(addr.Network(), addr.String())
		if err != nil {
			return err
		}
		defer conn.Close()
		if err := conn.SetDeadline(time.Now().Add(answerTime)); err != nil {
			return err
		}
		err = f(&rawConn{conn: conn})
		if errors.Is(err, errGoodEnd) {
			return nil
		}
		return err
	}
}

// rawConn reads packets without a test to end: it is of another goroutine.
type rawConn struct{ conn net.Conn }

// packet reads one. A connection that was ended or reset gives errGoodEnd, one that says nothing in time an error.
func (r *rawConn) packet() ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r.conn, head[:]); err != nil {
		return nil, ended(err)
	}
	payload := make([]byte, int(head[0])|int(head[1])<<8|int(head[2])<<16)
	if _, err := io.ReadFull(r.conn, payload); err != nil {
		return nil, ended(err)
	}
	return payload, nil
}

func ended(err error) error {
	if timedOut(err) {
		return fmt.Errorf("no answer: %w", err)
	}
	return errGoodEnd
}

// login comes in as the user "bad".
func (r *rawConn) login() error {
	greeting, err := r.packet()
	if err != nil {
		return fmt.Errorf("the greeting: %w", err)
	}
	proof := mysql.CalcNativePassword(nonceOf(greeting), []byte(testPassword))
	if _, err := r.conn.Write(framed(1, handshakeResponse(rawCapabilities, "bad", proof, mysql.AUTH_NATIVE_PASSWORD))); err != nil {
		return err
	}
	answer, err := r.packet()
	if err != nil {
		return fmt.Errorf("the login: %w", err)
	}
	if len(answer) > 0 && answer[0] == mysql.EOF_HEADER { // the greeting was of another plugin
		nonce := answer[len(answer)-1-nonceSize : len(answer)-1]
		if _, err := r.conn.Write(framed(3, mysql.CalcNativePassword(nonce, []byte(testPassword)))); err != nil {
			return err
		}
		if answer, err = r.packet(); err != nil {
			return fmt.Errorf("the login: %w", err)
		}
	}
	if len(answer) == 0 || answer[0] != mysql.OK_HEADER {
		return fmt.Errorf("the login is answered by %q", answer)
	}
	return nil
}

// untilEnd reads what comes until the server ends the connection. An OK would be a login that nobody earned.
func (r *rawConn) untilEnd() error {
	for {
		p, err := r.packet()
		if err != nil {
			return err
		}
		if len(p) > 0 && p[0] == mysql.OK_HEADER {
			return fmt.Errorf("let in: %q", p)
		}
	}
}

func (c *soakClient) noise(n int) []byte {
	b := make([]byte, c.rng.IntN(n)+1)
	for i := range b {
		b[i] = byte(c.rng.UintN(256))
	}
	return b
}

// garbageLogin comes from where wrong passwords do: garbage can be a login with one.
func (c *soakClient) garbageLogin() func() error {
	return c.brokenAt(c.unix, func(r *rawConn) error {
		if _, err := r.packet(); err != nil {
			return fmt.Errorf("the greeting: %w", err)
		}
		bytes := c.noise(300)
		if c.rng.IntN(2) == 0 {
			bytes = framed(1, bytes)
		}
		_, _ = r.conn.Write(bytes)
		_ = r.conn.(interface{ CloseWrite() error }).CloseWrite() // so that it does not wait for more
		return r.untilEnd()
	})
}

func (c *soakClient) halfLogin() func() error {
	good := framed(1, handshakeResponse(rawCapabilities, "bad", make([]byte, 20), mysql.AUTH_NATIVE_PASSWORD))
	return c.broken(func(r *rawConn) error {
		if _, err := r.packet(); err != nil {
			return fmt.Errorf("the greeting: %w", err)
		}
		_, _ = r.conn.Write(good[:c.rng.IntN(len(good))])
		return nil // and away
	})
}

func (c *soakClient) silent() func() error {
	return c.broken(func(r *rawConn) error {
		time.Sleep(time.Duration(c.rng.IntN(300)) * time.Millisecond)
		return nil
	})
}

// garbageCommands sends commands of noise, and then says goodbye with a packet out of order. Each is answered or ends the connection.
func (c *soakClient) garbageCommands() func() error {
	return c.broken(func(r *rawConn) error {
		if err := r.login(); err != nil {
			return err
		}
		for range 5 {
			if _, err := r.conn.Write(framed(0, c.noise(100))); err != nil {
				return errGoodEnd
			}
		}
		_, _ = r.conn.Write(framed(9, []byte{mysql.COM_PING}))
		for {
			if _, err := r.packet(); err != nil {
				return err
			}
		}
	})
}

func (c *soakClient) halfCommand() func() error {
	return c.broken(func(r *rawConn) error {
		if err := r.login(); err != nil {
			return err
		}
		command := framed(0, append([]byte{mysql.COM_QUERY}, "SELECT 1"...))
		_, _ = r.conn.Write(command[:c.rng.IntN(len(command))])
		return nil
	})
}

func (c *soakClient) neverReads() func() error {
	return c.broken(func(r *rawConn) error {
		if err := r.login(); err != nil {
			return err
		}
		_, _ = r.conn.Write(framed(0, append([]byte{mysql.COM_QUERY}, "SELECT repeat('x', 1000000) FROM generate_series(1, 100) g"...)))
		time.Sleep(time.Duration(c.rng.IntN(500)) * time.Millisecond)
		return nil
	})
}
