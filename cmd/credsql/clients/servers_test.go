package clients

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/pingcap/tidb/pkg/parser/auth"
	"golang.org/x/crypto/bcrypt"
)

const root = "../../.."

// at is the moment that answers are of.
const at = "2026-11-27T12:00:00Z"

// password is everybody's but that of the server that makes one itself.
const password = `p@ss "wo'rd" \ 100%`

// servers are the started commands that all clients speak to.
type servers struct {
	binary string
	ca     string // file of the certificate of the authority
	// plain is as serve starts without flags, over the demo. open has TLS and users of every kind of hash, strict requires TLS.
	plain, open, strict *server

	mu       sync.Mutex
	expected map[string]expected
}

// server is one of them.
type server struct {
	address
	audit string
	said  *lockedBuffer
}

func startServers(t *testing.T) *servers {
	t.Helper()
	dir := t.TempDir()
	s := &servers{binary: filepath.Join(dir, "credsql"), expected: map[string]expected{}}
	build := exec.Command("go", "build", "-o", s.binary, "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s.ca = filepath.Join(dir, "ca.pem")
	cert, key := certificates(t, dir, s.ca)
	users := filepath.Join(dir, "users.toml")
	if err := os.WriteFile(users, usersFile(t), 0o600); err != nil {
		t.Fatal(err)
	}
	reports := []string{"--report", filepath.Join(root, "examples", "reports"), "--users", users, "--tls-cert", cert, "--tls-key", key}
	s.plain = s.start(t, "plain", "--demo")
	s.open = s.start(t, "open", reports...)
	s.strict = s.start(t, "strict", append(reports, "--require-tls")...)
	return s
}

// start starts the built command and waits for it to listen.
func (s *servers) start(t *testing.T, name string, args ...string) *server {
	t.Helper()
	v := &server{audit: filepath.Join(filepath.Dir(s.binary), name+".jsonl"), said: &lockedBuffer{}}
	cmd := exec.Command(s.binary, append([]string{"serve", "--listen", "127.0.0.1:0", "--at", at, "--audit-log", v.audit}, args...)...)
	cmd.Stderr, cmd.Env = v.said, []string{"HOME=" + filepath.Dir(s.binary)}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil || strings.Contains(v.said.String(), "panic") {
			t.Errorf("%s: %v\n%s", name, err, v.said)
		}
	})
	where := v.wait(t, `listening on (\S+)`)
	host, port, err := net.SplitHostPort(where)
	if err != nil {
		t.Fatal(err)
	}
	v.Host, v.Database, v.Password = host, "aws", password
	v.Port, _ = strconv.Atoi(port)
	if name == "plain" {
		v.User, v.Password = "credsql", v.wait(t, `password (\S+) \(made`)
	}
	return v
}

// wait gives what a pattern finds in what the server says.
func (v *server) wait(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for start := time.Now(); time.Since(start) < patience; time.Sleep(10 * time.Millisecond) {
		if m := re.FindStringSubmatch(v.said.String()); m != nil {
			return m[1]
		}
	}
	t.Fatalf("no %s in %q", pattern, v.said)
	return ""
}

// as is the server's address for a user.
func (v *server) as(user string) address {
	a := v.address
	a.User = user
	return a
}

// secured is an address with TLS, checked against the authority.
func (s *servers) secured(a address) address {
	a.TLS, a.CA = true, s.ca
	return a
}

// usersFile names for each client users whose password is known by one kind of hash: what it proves is then sure, and nobody's
// wrong passwords slow down another.
func usersFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, client := range names() {
		quick, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
		if err != nil {
			t.Fatal(err)
		}
		once := sha1.Sum([]byte(password))
		double := sha1.Sum(once[:])
		for kind, hash := range map[string]string{
			"native": fmt.Sprintf("*%X", double),
			"sha2":   fmt.Sprintf("0x%X", auth.NewHashPassword(password, "caching_sha2_password")),
			"rsa":    string(quick),
			"wrong":  fmt.Sprintf("*%X", double),
		} {
			fmt.Fprintf(&b, "[[user]]\nname = %q\nhash = %q\n\n", kind+"-"+client, hash)
		}
	}
	return b.Bytes()
}

// certificates makes an authority, and a certificate of it for this machine.
func certificates(t *testing.T, dir, ca string) (cert, key string) {
	t.Helper()
	authority := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Authority"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	server := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(24 * time.Hour), DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serverKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(path string, c *x509.Certificate, of *ecdsa.PrivateKey) {
		der, err := x509.CreateCertificate(rand.Reader, c, authority, &of.PublicKey, authorityKey)
		if err != nil {
			t.Fatal(err)
		}
		writePEM(t, path, "CERTIFICATE", der)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	sign(ca, authority, authorityKey)
	sign(cert, server, serverKey)
	der, err := x509.MarshalPKCS8PrivateKey(serverKey)
	if err != nil {
		t.Fatal(err)
	}
	writePEM(t, key, "PRIVATE KEY", der)
	return cert, key
}

func writePEM(t *testing.T, path, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// audited is a line of a server's audit log.
type audited struct {
	Event, User, Outcome, Statement, Error string
	Params                                 []string
}

// log reads a server's audit log.
func (v *server) log(t *testing.T) (lines []audited) {
	t.Helper()
	f, err := os.Open(v.audit)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewReader(f)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return lines // a line that is being written is not one yet
		}
		var a audited
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		lines = append(lines, a)
	}
}

// ended waits until a statement that has the mark is in the log, and gives how it ended.
func (v *server) ended(t *testing.T, mark string) string {
	t.Helper()
	for start := time.Now(); time.Since(start) < patience; time.Sleep(50 * time.Millisecond) {
		for _, line := range v.log(t) {
			if line.Event == "statement" && strings.Contains(line.Statement, mark) {
				return line.Outcome
			}
		}
	}
	t.Errorf("the statement with %s has not ended", mark)
	return ""
}

// checkAudit: nobody who was turned away has run anything, and every such login is noted.
func (s *servers) checkAudit(t *testing.T) {
	t.Helper()
	denied := map[string]bool{}
	for _, v := range []*server{s.plain, s.open, s.strict} {
		for _, line := range v.log(t) {
			stranger := strings.HasPrefix(line.User, "wrong-") || strings.HasPrefix(line.User, "nobody-")
			switch {
			case stranger && (line.Event != "login" || line.Outcome != "denied"):
				t.Errorf("who was turned away is let in: %+v", line)
			case stranger:
				denied[line.User] = true
			}
		}
	}
	for _, name := range names() {
		if !denied["wrong-"+name] {
			t.Errorf("no login of wrong-%s was denied", name)
		}
	}
}

// names are those of all clients.
func names() (list []string) {
	for _, l := range libraries {
		list = append(list, l.name)
	}
	for _, c := range commands {
		list = append(list, c.name)
	}
	return list
}
