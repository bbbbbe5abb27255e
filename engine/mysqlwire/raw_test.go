package mysqlwire

import (
	"bytes"
	"io"
	"net"
	"testing"
	"time"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// rawClient speaks the protocol byte by byte, so that it can speak it wrong.
type rawClient struct {
	t    testing.TB
	conn net.Conn
	seq  byte
}

func dialed(t testing.TB, addr net.Addr) *rawClient {
	t.Helper()
	conn, err := net.Dial(addr.Network(), addr.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	return &rawClient{t: t, conn: conn}
}

// loggedIn is a client past its login.
func loggedIn(t testing.TB, addr net.Addr) *rawClient {
	t.Helper()
	c := dialed(t, addr)
	c.login(c.greeting(), testPassword)
	if got := c.read(); got[0] != 0 {
		t.Fatalf("login: %q", got)
	}
	return c
}

func (c *rawClient) write(payload []byte) {
	n := len(payload)
	packet := append([]byte{byte(n), byte(n >> 8), byte(n >> 16), c.seq}, payload...)
	c.seq++
	_, _ = c.conn.Write(packet) // if it is not there any more, reading tells
}

// readOrEnd gives the next packet, or nil at the end of the connection.
func (c *rawClient) readOrEnd() []byte {
	c.t.Helper()
	var head [4]byte
	if _, err := io.ReadFull(c.conn, head[:]); err != nil {
		if e, ok := err.(net.Error); ok && e.Timeout() {
			c.t.Fatal("no answer in time")
		}
		return nil
	}
	c.seq = head[3] + 1
	payload := make([]byte, int(head[0])|int(head[1])<<8|int(head[2])<<16)
	if _, err := io.ReadFull(c.conn, payload); err != nil {
		c.t.Fatal(err)
	}
	return payload
}

func (c *rawClient) read() []byte {
	c.t.Helper()
	p := c.readOrEnd()
	if p == nil {
		c.t.Fatal("the server has closed the connection")
	}
	return p
}

// command sends a command as the first packet of its exchange.
func (c *rawClient) command(code byte, payload string) {
	c.seq = 0
	c.write(append([]byte{code}, payload...))
}

// greeting reads the server's greeting and gives its nonce.
func (c *rawClient) greeting() []byte {
	c.t.Helper()
	return nonceOf(c.read())
}

// nonceOf finds the nonce in a greeting.
func nonceOf(greeting []byte) []byte {
	i := 1 + bytes.IndexByte(greeting[1:], 0) + 1 + 4
	nonce := append([]byte(nil), greeting[i:i+8]...)
	return append(nonce, greeting[i+8+1+2+1+2+2+1+10:][:12]...)
}

const rawCapabilities = mysql.CLIENT_PROTOCOL_41 | mysql.CLIENT_SECURE_CONNECTION | mysql.CLIENT_PLUGIN_AUTH | mysql.CLIENT_MULTI_STATEMENTS

// login answers the greeting by mysql_native_password.
func (c *rawClient) login(nonce []byte, password string) {
	c.loginWith(func([]byte) []byte { return mysql.CalcNativePassword(nonce, []byte(password)) }, mysql.AUTH_NATIVE_PASSWORD)
}

func (c *rawClient) loginWith(proof func([]byte) []byte, plugin string) {
	c.write(handshakeResponse(rawCapabilities, testUser, proof(nil), plugin))
}

func handshakeResponse(caps uint32, user string, proof []byte, plugin string) []byte {
	p := []byte{byte(caps), byte(caps >> 8), byte(caps >> 16), byte(caps >> 24), 0, 0, 0, 1, 45}
	p = append(p, make([]byte, 23)...)
	p = append(append(p, user...), 0)
	p = append(append(p, byte(len(proof))), proof...)
	return append(append(p, plugin...), 0)
}
