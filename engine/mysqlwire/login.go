package mysqlwire

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// preLoginLimit bounds a packet of one who has not logged in.
const preLoginLimit = 16 << 10

// errRefused is a login that failed and of which the client has been told.
var errRefused = errors.New("login refused")

// login runs the connection phase: greeting, TLS, password, database. When it returns nil the client has its OK.
func (c *conn) login() error {
	users := c.server.users.Load()
	nonce := newNonce()
	plugin := c.server.greetingPlugin(users)
	if err := c.out.packet(greeting(nil, c.server.config.Version, c.id, nonce, c.server.capabilities(), plugin)); err != nil {
		return err
	}
	r, err := c.readResponse()
	if err != nil {
		return err
	}
	c.attrs = r.attrs
	if r.plugin == "" && r.caps&mysql.CLIENT_PLUGIN_AUTH == 0 {
		r.plugin = mysql.AUTH_NATIVE_PASSWORD
		plugin = r.plugin // made with the greeting's nonce: such a client knows no other way
	}
	c.nonce, c.plugin = nonce, plugin
	return c.admit(&exchange{conn: c, users: users, nonce: nonce, greeted: plugin}, r)
}

// readResponse reads what the client answers to the greeting, over TLS if it asks for that.
func (c *conn) readResponse() (*response, error) {
	if err := c.out.release(); err != nil {
		return nil, err
	}
	data, err := c.in.packet(preLoginLimit)
	if err != nil {
		return nil, err
	}
	r, err := parseResponse(data)
	if err == nil {
		c.caps = r.caps & c.server.capabilities()
	}
	switch {
	case err != nil:
		return nil, c.refuse(mysql.ER_HANDSHAKE_ERROR, err.Error())
	case !r.wantsTLS && !c.secure && c.server.config.RequireTLS:
		// Said and done: the library that this replaces says so and goes on.
		return nil, c.refuse(erSecureTransportRequired, "Connections using insecure transport are prohibited while --require_secure_transport=ON.")
	case !r.wantsTLS:
		return r, nil
	case c.secure || c.server.config.TLS == nil:
		return nil, c.refuse(mysql.ER_HANDSHAKE_ERROR, "TLS is not available here")
	}
	if err := c.upgrade(); err != nil {
		return nil, err
	}
	return c.readResponse()
}

// admit checks the password, starts a session and says OK.
func (c *conn) admit(x *exchange, r *response) error {
	if wait := c.server.throttle.wait(c.host, r.user); wait > 0 {
		c.server.metrics.loginFailed("throttled")
		c.server.audit.login(c, r.user, "throttled")
		return c.refuse(mysql.ER_HOST_IS_BLOCKED, fmt.Sprintf("too many failed logins; try again in %d seconds", int(wait.Seconds())+1))
	}
	a, err := x.verify(r)
	if err != nil {
		if !errors.Is(err, errDenied) {
			return err
		}
		c.server.throttle.failed(c.host, r.user)
		c.server.metrics.loginFailed("denied")
		c.server.audit.login(c, r.user, "denied")
		return c.refuse(mysql.ER_ACCESS_DENIED_ERROR, fmt.Sprintf("Access denied for user '%s'@'%s' (using password: %s)", printable(r.user), c.host, yesNo(len(r.auth) > 0)))
	}
	c.server.throttle.passed(c.host, r.user)
	session, err := c.server.config.Backend.NewSession(Client{ID: c.id, User: a.user.Name, Host: c.host, Accounts: a.user.Accounts, Control: &control{conn: c}, MySQL: true})
	if err != nil {
		return c.refuseError(err)
	}
	c.become(a, session)
	// SetUsers may have come while the password was checked: either it has seen this account, or this sees its users.
	if now := c.server.users.Load(); now != x.users && !a.sameAs(now.byName[a.user.Name]) {
		return c.refuseError(errRightsChanged)
	}
	if r.database != "" {
		if err := session.UseDatabase(r.database); err != nil {
			return c.refuseError(err)
		}
	}
	c.server.audit.login(c, a.user.Name, "ok")
	if err := c.writeOK(false, 0); err != nil {
		return err
	}
	return c.out.release()
}

// become makes the connection one of a user who has proved to be it.
func (c *conn) become(a *account, session Session) {
	c.session = session
	c.mu.Lock()
	c.account = a
	c.schema = session.State().Database
	c.mu.Unlock()
}

// refuse tells the client why it may not come in.
func (c *conn) refuse(code uint16, message string) error {
	c.writeErrorPacket(code, stateOf(code), message)
	_ = c.out.release() // it is refused, whether it hears so or not
	return fmt.Errorf("%w: %s", errRefused, message)
}

func (c *conn) refuseError(err error) error {
	e := c.server.clientError(err)
	c.writeErrorPacket(e.code, e.state, e.message)
	_ = c.out.release()
	return fmt.Errorf("%w: %w", errRefused, err)
}

// newNonce is what a password is scrambled with. NUL would end it early, and $ has a meaning in some clients.
func newNonce() []byte {
	nonce := make([]byte, nonceSize)
	_, _ = rand.Read(nonce) // never fails: it ends the program instead
	for i, b := range nonce {
		if b &= 0x7f; b == 0 || b == '$' {
			b++
		}
		nonce[i] = b
	}
	return nonce
}

// greetingPlugin is the plugin that clients are told of first: the one that all of them have where it is safe enough.
func (s *Server) greetingPlugin(users *Users) string {
	if s.config.TLS == nil && users.allNative() {
		return mysql.AUTH_NATIVE_PASSWORD
	}
	return mysql.AUTH_CACHING_SHA2_PASSWORD
}

func (s *Server) capabilities() uint32 {
	if s.config.TLS != nil {
		return capabilities | mysql.CLIENT_SSL
	}
	return capabilities
}

func yesNo(yes bool) string {
	if yes {
		return "YES"
	}
	return "NO"
}

// printable keeps a stranger's bytes out of messages and logs.
func printable(s string) string {
	const longest = 64
	out := make([]rune, 0, min(len(s), longest))
	for _, r := range s {
		if len(out) == longest {
			break
		}
		if r < ' ' || r == 0x7f || r == 0xfffd || r == '\'' {
			r = '?'
		}
		out = append(out, r)
	}
	return string(out)
}

// hostOf is an address without its port.
func hostOf(addr net.Addr) string {
	if addr == nil {
		return "localhost"
	}
	if addr.Network() == "unix" {
		return "localhost"
	}
	host, _, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	return host
}
