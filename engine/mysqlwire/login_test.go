package mysqlwire

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/pingcap/tidb/pkg/parser/auth"
	"golang.org/x/crypto/bcrypt"
)

// certificate is a self-signed one for tests.
func certificate(t testing.TB) *Certificate {
	t.Helper()
	c, err := SelfSigned([]string{"127.0.0.1", "localhost"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func trusting(c *Certificate) *tls.Config {
	pool := x509.NewCertPool()
	cert, _ := x509.ParseCertificate(c.current.Load().Certificate[0])
	pool.AddCert(cert)
	return &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"}
}

// TestLogin: every kind of hash, with and without TLS, right and wrong passwords, twice, because a second login may take a shorter way.
func TestLogin(t *testing.T) {
	t.Parallel()
	hash, err := bcrypt.GenerateFromPassword([]byte(testPassword), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	sha2 := auth.NewHashPassword(testPassword, "caching_sha2_password")
	native := auth.EncodePassword(testPassword)
	for name, user := range map[string]User{
		"password": {Name: testUser, Password: testPassword},
		"bcrypt":   {Name: testUser, Hash: string(hash)},
		"sha2":     {Name: testUser, Hash: sha2},
		"native":   {Name: testUser, Hash: native},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cert := certificate(t)
			_, plain := serving(t, Config{Backend: &fakeBackend{}, Users: usersOf(t, user)})
			_, secure := serving(t, Config{Backend: &fakeBackend{}, Users: usersOf(t, user), TLS: cert.Config(nil), RequireTLS: true})
			withTLS := func(c *mysql.Config) { c.TLS = trusting(cert) }
			for range 2 {
				if err := opened(t, plain).Ping(); err != nil {
					t.Errorf("plain: %v", err)
				}
				if err := opened(t, secure, withTLS).Ping(); err != nil {
					t.Errorf("TLS: %v", err)
				}
				for _, password := range []string{"wrong", "", testPassword + "x"} {
					wrong := func(c *mysql.Config) { c.Passwd = password }
					if err := opened(t, plain, wrong).Ping(); !denied(err) {
						t.Errorf("plain, password %q: %v", password, err)
					}
				}
			}
			stranger := func(c *mysql.Config) { c.User = "stranger" }
			if err := opened(t, plain, stranger).Ping(); !denied(err) {
				t.Errorf("a stranger: %v", err)
			}
		})
	}
}

func denied(err error) bool {
	return err != nil && strings.Contains(err.Error(), "Error 1045 (28000): Access denied for user")
}

func TestStrangersPasswordIsNoSecret(t *testing.T) {
	t.Parallel()
	// The decoy's password is made of the nonce, which the stranger knows.
	u := usersOf(t, User{Name: testUser, Password: testPassword})
	nonce := newNonce()
	if _, known := u.find("stranger", nonce); known {
		t.Fatal("a stranger is known")
	}
}

// TestRequireTLS: a client without TLS gets an error and nothing else, though it ignores the error and goes on.
func TestRequireTLS(t *testing.T) {
	t.Parallel()
	cert := certificate(t)
	backend := &fakeBackend{}
	_, addr := serving(t, Config{Backend: backend, TLS: cert.Config(nil), RequireTLS: true})
	err := opened(t, addr).Ping()
	if err == nil || !strings.Contains(err.Error(), "Error 3159 (HY000): Connections using insecure transport are prohibited") {
		t.Errorf("without TLS: %v", err)
	}
	raw := dialed(t, addr)
	nonce := raw.greeting()
	raw.login(nonce, testPassword)
	if got := raw.read(); got[0] != 0xff {
		t.Errorf("the answer to a login without TLS is %q", got)
	}
	raw.seq = 0
	raw.write(append([]byte{3}, "1"...)) // as if nothing had been said
	if got := raw.readOrEnd(); got != nil {
		t.Errorf("who ignores the refusal gets %q", got)
	}
	if backend.sessions.Load() != 0 {
		t.Error("a session was started")
	}
}

// TestClientCertificates: with a pool of authorities, no certificate is no entry, and a user can be tied to a name.
func TestClientCertificates(t *testing.T) {
	t.Parallel()
	cert := certificate(t)
	ca, issue := authority(t)
	_, addr := serving(t, Config{
		Backend: &fakeBackend{}, TLS: cert.Config(ca), RequireTLS: true,
		Users: usersOf(t, User{Name: testUser, Password: testPassword, Certificate: "alice"}),
	})
	try := func(names ...string) error {
		config := trusting(cert)
		for _, n := range names {
			config.Certificates = append(config.Certificates, issue(n))
		}
		return opened(t, addr, func(c *mysql.Config) { c.TLS = config }).Ping()
	}
	if err := try("alice"); err != nil {
		t.Errorf("alice: %v", err)
	}
	if err := try("bob"); !denied(err) {
		t.Errorf("bob: %v", err)
	}
	if err := try(); err == nil {
		t.Error("who shows no certificate comes in")
	}
}

// authority makes a CA and what issues client certificates in its name.
func authority(t *testing.T) (*x509.CertPool, func(name string) tls.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test CA"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, root, root, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, _ := x509.ParseCertificate(der)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return pool, func(name string) tls.Certificate {
		leafKey, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, NotBefore: root.NotBefore, NotAfter: root.NotAfter,
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
		der, err := x509.CreateCertificate(rand.Reader, leaf, parsed, leafKey.Public(), key)
		if err != nil {
			t.Fatal(err)
		}
		return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: leafKey}
	}
}

func TestCertificateIsReplaced(t *testing.T) {
	t.Parallel()
	cert, other := certificate(t), certificate(t)
	_, addr := serving(t, Config{Backend: &fakeBackend{}, TLS: cert.Config(nil)})
	if err := opened(t, addr, func(c *mysql.Config) { c.TLS = trusting(cert) }).Ping(); err != nil {
		t.Fatal(err)
	}
	old := cert.Fingerprint()
	cert.current.Store(other.current.Load())
	if cert.Fingerprint() == old {
		t.Error("the fingerprint has not changed")
	}
	if err := opened(t, addr, func(c *mysql.Config) { c.TLS = trusting(other) }).Ping(); err != nil {
		t.Errorf("with the new certificate: %v", err)
	}
}

// TestUnixSocket: nobody listens there, so it is as good as TLS.
func TestUnixSocket(t *testing.T) {
	t.Parallel()
	hash, err := bcrypt.GenerateFromPassword([]byte(testPassword), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := serving(t, Config{Backend: &fakeBackend{}, TLS: certificate(t).Config(nil), RequireTLS: true, Users: usersOf(t, User{Name: testUser, Hash: string(hash)})})
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(l) }()
	conn, err := net.Dial("unix", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	raw := &rawClient{t: t, conn: conn}
	raw.greeting()
	raw.loginWith(func([]byte) []byte { return make([]byte, 32) }, "caching_sha2_password")
	if got := raw.read(); len(got) != 2 || got[1] != sha2Full {
		t.Fatalf("instead of asking for the password: %q", got)
	}
	raw.write(append([]byte(testPassword), 0))
	if got := raw.read(); got[0] != 0 {
		t.Errorf("the answer is %q", got)
	}
}

func TestThrottle(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	th := newThrottle(func() time.Time { return now })
	for range freeFailures {
		if w := th.wait("h", "u"); w != 0 {
			t.Fatalf("wait of %v before %d failures", w, freeFailures)
		}
		th.failed("h", "u")
	}
	if w := th.wait("h", "u"); w != time.Second {
		t.Errorf("wait %v", w)
	}
	if w := th.wait("h", "v"); w != 0 {
		t.Errorf("another user of the host waits %v", w)
	}
	th.failed("h", "u")
	if w := th.wait("h", "u"); w != 2*time.Second {
		t.Errorf("wait %v", w)
	}
	now = now.Add(2 * time.Second)
	if w := th.wait("h", "u"); w != 0 {
		t.Errorf("wait %v after the pause", w)
	}
	for range 100 {
		th.failed("h", "u")
	}
	if w := th.wait("h", "v"); w != maxWait {
		t.Errorf("a host that guesses on and on waits %v", w)
	}
	th.passed("h", "u")
	if w := th.wait("g", "u"); w != 0 {
		t.Errorf("another host waits %v", w)
	}
	for i := range maxThrottled + 10 {
		th.failed("h", strings.Repeat("x", i%100)+string(rune('a'+i%26))+time.Duration(i).String())
	}
	if len(th.seen) > maxThrottled+1 {
		t.Errorf("%d entries", len(th.seen))
	}
}

func TestThrottledLogin(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	_, addr := serving(t, Config{Backend: &fakeBackend{}, Clock: func() time.Time { return now }})
	for range freeFailures {
		if err := opened(t, addr, func(c *mysql.Config) { c.Passwd = "wrong" }).Ping(); !denied(err) {
			t.Fatal(err)
		}
	}
	err := opened(t, addr).Ping() // the right password, too: it would tell the guesser
	if err == nil || !strings.Contains(err.Error(), "Error 1129 (HY000): too many failed logins; try again in 2 seconds") {
		t.Errorf("%v", err)
	}
}

func TestUsersAreChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		list []User
		want string
	}{
		{nil, "no user may come in: name one"},
		{[]User{{Name: "a"}}, `user "a": a password or a hash is needed`},
		{[]User{{Name: "a", Password: "x", Hash: "*"}}, `user "a": either a password or a hash, not both`},
		{[]User{{Name: "a", Hash: "*123"}}, `user "a": a mysql_native_password hash is * and 40 hexadecimal digits`},
		{[]User{{Name: "a", Hash: "$2x"}}, `user "a": read the bcrypt hash: crypto/bcrypt: hashedSecret too short to be a bcrypted password`},
		{[]User{{Name: "a", Hash: "$A$005$short"}}, `user "a": the hash is neither bcrypt ($2b$…), nor caching_sha2_password ($A$005$…), nor mysql_native_password (*…)`},
		{[]User{{Name: "a", Hash: "$A$zzz$" + strings.Repeat("x", 63)}}, `user "a": the hash's number of rounds is not valid`},
		{[]User{{Name: "a", Hash: "0xzz"}}, `user "a": hexadecimal digits are needed after 0x`},
		{[]User{{Name: "a", Password: "x"}, {Name: "a", Password: "y"}}, `user "a": named twice`},
		{[]User{{Password: "x"}}, "a user without a name"},
	} {
		if _, err := NewUsers(c.list); err == nil || err.Error() != c.want {
			t.Errorf("%+v: %v, want %s", c.list, err, c.want)
		}
	}
}
