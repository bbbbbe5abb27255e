package mysqlwire

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/go-mysql-org/go-mysql/mysql"
	"golang.org/x/crypto/bcrypt"
)

// User is one who may come in. Exactly one of Password and Hash is set.
type User struct {
	Name string
	// Password is the password itself. Only digests of it are kept.
	Password string
	// Hash is the password's hash: MySQL's caching_sha2_password ($A$005$…, also in hexadecimal after 0x, as SHOW CREATE USER
	// prints it), bcrypt ($2a$, $2b$, $2y$), or mysql_native_password (* and 40 hexadecimal digits).
	Hash string
	// Accounts are the AWS accounts whose rows the user may see; nil for all.
	Accounts []string
	// Certificate, if set, is the common name that the client's certificate must have, besides the password.
	Certificate string
}

// Users are all who may come in. It does not change; the server takes a new one with SetUsers.
type Users struct {
	byName map[string]*account
	// hashed says that some password is known by its hash only, and then strangers are led through the same steps.
	hashed bool
}

// account is a user as login needs it.
type account struct {
	user User
	// native is SHA1(SHA1(password)), nil where only another hash is known.
	native []byte
	// sha2 is SHA256(SHA256(password)): known from the start, or since the first login that proved the hash.
	sha2 atomic.Pointer[[sha256.Size]byte]
	// check compares a password with the hash; nil where native or sha2 say it all.
	check func(password []byte) bool
}

// NewUsers checks the users. The error names the one that is wrong.
func NewUsers(list []User) (*Users, error) {
	u := &Users{byName: map[string]*account{}}
	for _, user := range list {
		if user.Name == "" || strings.ContainsRune(user.Name, 0) {
			return nil, errors.New("a user without a name")
		}
		if u.byName[user.Name] != nil {
			return nil, fmt.Errorf("user %q: named twice", user.Name)
		}
		a, err := newAccount(user)
		if err != nil {
			return nil, fmt.Errorf("user %q: %w", user.Name, err)
		}
		u.byName[user.Name] = a
		u.hashed = u.hashed || a.check != nil
	}
	if len(u.byName) == 0 {
		return nil, errors.New("no user may come in: name one")
	}
	return u, nil
}

func newAccount(user User) (*account, error) {
	a := &account{user: user}
	switch {
	case user.Password != "" && user.Hash != "":
		return nil, errors.New("either a password or a hash, not both")
	case user.Password != "":
		a.native = mysql.NativePasswordHash([]byte(user.Password))
		a.learn([]byte(user.Password))
		a.user.Password = ""
		return a, nil
	case user.Hash == "":
		return nil, errors.New("a password or a hash is needed")
	}
	return a, a.readHash(user.Hash)
}

func (a *account) readHash(hash string) error {
	switch {
	case strings.HasPrefix(hash, "*"):
		digest, err := hex.DecodeString(hash[1:])
		if err != nil || len(digest) != 20 {
			return errors.New("a mysql_native_password hash is * and 40 hexadecimal digits")
		}
		a.native = digest
		return nil
	case strings.HasPrefix(hash, "$2"):
		if _, err := bcrypt.Cost([]byte(hash)); err != nil {
			return fmt.Errorf("read the bcrypt hash: %w", err)
		}
		a.check = func(p []byte) bool { return bcrypt.CompareHashAndPassword([]byte(hash), p) == nil }
		return nil
	case strings.HasPrefix(hash, "0x"):
		raw, err := hex.DecodeString(hash[2:])
		if err != nil {
			return errors.New("hexadecimal digits are needed after 0x")
		}
		hash = string(raw)
	}
	check, err := shaCryptCheck(hash)
	a.check = check
	return err
}

// learn keeps what the fast way of caching_sha2_password compares with.
func (a *account) learn(password []byte) {
	first := sha256.Sum256(password)
	second := sha256.Sum256(first[:])
	a.sha2.Store(&second)
}

// sameAs says whether a session of one may go on when the other has taken its place.
func (a *account) sameAs(b *account) bool {
	return b != nil && a.user.Hash == b.user.Hash && slices.Equal(a.native, b.native) && a.user.Certificate == b.user.Certificate &&
		(a.user.Accounts == nil) == (b.user.Accounts == nil) && slices.Equal(a.user.Accounts, b.user.Accounts)
}

// supports says whether the account's password can be checked the way a plugin does.
func (a *account) supports(plugin string) bool {
	switch plugin {
	case mysql.AUTH_NATIVE_PASSWORD:
		return a.native != nil
	case mysql.AUTH_CACHING_SHA2_PASSWORD:
		return a.check != nil || a.sha2.Load() != nil
	}
	return false
}

// find gives the user's account, or for a stranger one that nobody has the password of: what a stranger sees does not tell
// that there is no such user.
func (u *Users) find(name string, nonce []byte) (a *account, known bool) {
	if a = u.byName[name]; a != nil {
		return a, true
	}
	a = &account{user: User{Name: name}, native: mysql.NativePasswordHash(nonce)}
	if u.hashed {
		a.check = func([]byte) bool { return false }
	} else {
		a.learn(nonce)
	}
	return a, false
}

// Names are all users, sorted.
func (u *Users) Names() []string { return slices.Sorted(maps.Keys(u.byName)) }

// allNative says whether every password can be checked as mysql_native_password does.
func (u *Users) allNative() bool {
	for _, a := range u.byName {
		if a.native == nil {
			return false
		}
	}
	return true
}
