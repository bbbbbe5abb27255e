package mysqlwire

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // what MySQL's clients encrypt passwords with
	"crypto/sha256"
	"crypto/subtle"
	"errors"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// errDenied is a wrong password, or a user that does not exist: nobody is told which.
var errDenied = errors.New("access denied")

// What caching_sha2_password's packets say in one byte.
const (
	sha2Fast         = 3
	sha2Full         = 4
	sha2WantsKey     = 2
	moreData         = mysql.MORE_DATE_HEADER
	maxPasswordBytes = 1 << 10
)

// exchange is one login's talk about its password.
type exchange struct {
	conn  *conn
	users *Users
	nonce []byte
	// greeted is the plugin that the nonce went out with.
	greeted string
}

// verify gives the account if the client has its password, errDenied if not.
func (x *exchange) verify(r *response) (*account, error) {
	a, known := x.users.find(r.user, x.nonce)
	plugin := r.plugin
	if !a.supports(plugin) {
		plugin = x.preferred(a)
	}
	data := r.auth
	if plugin != r.plugin || plugin != x.greeted {
		if r.caps&mysql.CLIENT_PLUGIN_AUTH == 0 {
			return nil, errDenied
		}
		var err error
		if data, err = x.switchTo(plugin); err != nil {
			return nil, err
		}
	}
	ok, err := x.proves(a, plugin, data)
	switch {
	case err != nil:
		return nil, err
	case !ok || !known || !x.certified(a):
		return nil, errDenied
	}
	return a, nil
}

func (x *exchange) preferred(a *account) string {
	for _, plugin := range []string{x.greeted, mysql.AUTH_CACHING_SHA2_PASSWORD} {
		if a.supports(plugin) {
			return plugin
		}
	}
	return mysql.AUTH_NATIVE_PASSWORD
}

// switchTo asks the client to answer by another plugin, with a nonce of its own.
func (x *exchange) switchTo(plugin string) ([]byte, error) {
	x.nonce = newNonce()
	x.conn.nonce, x.conn.plugin = x.nonce, plugin
	buf := append(x.conn.out.begin(), mysql.EOF_HEADER)
	buf = append(buf, plugin...)
	buf = append(buf, 0)
	buf = append(buf, x.nonce...)
	if err := x.conn.out.end(append(buf, 0)); err != nil {
		return nil, err
	}
	return x.answer()
}

// answer reads the client's next packet.
func (x *exchange) answer() ([]byte, error) {
	if err := x.conn.out.release(); err != nil {
		return nil, err
	}
	return x.conn.in.packet(preLoginLimit)
}

// proves says whether the data shows that the client has the password.
func (x *exchange) proves(a *account, plugin string, data []byte) (bool, error) {
	if plugin == mysql.AUTH_NATIVE_PASSWORD {
		return len(data) == sha1.Size && a.native != nil && mysql.CompareNativePassword(data, a.native, x.nonce), nil
	}
	if len(data) != sha256.Size {
		return false, nil
	}
	if digest := a.sha2.Load(); digest != nil {
		if !scrambleMatches(data, digest[:], x.nonce) {
			return false, nil
		}
		return true, x.conn.out.packet([]byte{moreData, sha2Fast})
	}
	if a.check == nil {
		return false, nil
	}
	password, err := x.password()
	if err != nil || len(password) == 0 || len(password) > maxPasswordBytes {
		return false, err
	}
	if !x.conn.server.expensive(func() bool { return a.check(password) }) {
		return false, nil
	}
	a.learn(password)
	return true, nil
}

// scrambleMatches checks XOR(SHA256(password), SHA256(digest, nonce)), where digest is SHA256(SHA256(password)).
func scrambleMatches(scramble, digest, nonce []byte) bool {
	mask := sha256.Sum256(append(bytes.Clone(digest), nonce...))
	first := mysql.Xor(mask[:], scramble)
	second := sha256.Sum256(first)
	return subtle.ConstantTimeCompare(second[:], digest) == 1
}

// password asks for the password itself: plain where nobody can listen, encrypted with our key elsewhere.
func (x *exchange) password() ([]byte, error) {
	if err := x.conn.out.packet([]byte{moreData, sha2Full}); err != nil {
		return nil, err
	}
	data, err := x.answer()
	if err != nil {
		return nil, err
	}
	if x.conn.secure || x.conn.local {
		return bytes.TrimSuffix(data, []byte{0}), nil
	}
	key, err := x.conn.server.passwordKey()
	if err != nil {
		return nil, err
	}
	if len(data) == 1 && data[0] == sha2WantsKey {
		if err := x.conn.out.packet(append([]byte{moreData}, key.public...)); err != nil {
			return nil, err
		}
		if data, err = x.answer(); err != nil {
			return nil, err
		}
	}
	plain, err := rsa.DecryptOAEP(sha1.New(), rand.Reader, key.private, data, nil) //nolint:gosec // MySQL's clients know no other
	if err != nil {
		return nil, nil // as good as a wrong password
	}
	return bytes.TrimSuffix(mysql.Xor(plain, x.nonce), []byte{0}), nil
}

// certified says whether the client has shown the certificate that the user needs.
func (x *exchange) certified(a *account) bool {
	return a.user.Certificate == "" || x.conn.commonName == a.user.Certificate
}
