package mysqlwire

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync/atomic"
	"time"
)

// Certificate is the server's certificate, which may be exchanged while it is in use.
type Certificate struct {
	current atomic.Pointer[tls.Certificate]
}

// NewCertificate makes one of PEM blocks: the chain and its private key.
func NewCertificate(certPEM, keyPEM []byte) (*Certificate, error) {
	c := &Certificate{}
	return c, c.Replace(certPEM, keyPEM)
}

// Replace takes another certificate for the connections to come. If it is not valid the old one stays.
func (c *Certificate) Replace(certPEM, keyPEM []byte) error {
	cert, err := tls.X509KeyPair(certPEM, keyPEM)
	if err == nil {
		c.current.Store(&cert)
	}
	return err
}

// selfSignedLife is how long a self-signed certificate is valid: it lives no longer than the process anyway.
const selfSignedLife = 397 * 24 * time.Hour

// SelfSigned makes a certificate that nobody vouches for, for the given host names and addresses. Clients can pin its fingerprint.
func SelfSigned(hosts []string, now time.Time) (*Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "credsql"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(selfSignedLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
	}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, h)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	c := &Certificate{}
	c.current.Store(&tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key})
	return c, nil
}

// Fingerprint is the SHA-256 of the certificate, as openssl prints it.
func (c *Certificate) Fingerprint() string {
	sum := sha256.Sum256(c.current.Load().Certificate[0])
	text := strings.ToUpper(hex.EncodeToString(sum[:]))
	var b strings.Builder
	for i := 0; i < len(text); i += 2 {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteString(text[i : i+2])
	}
	return b.String()
}

// Config is the TLS side of a server with this certificate. With clientCAs every client must show a certificate that one of them signed.
func (c *Certificate) Config(clientCAs *x509.CertPool) *tls.Config {
	config := &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.current.Load(), nil },
	}
	if clientCAs != nil {
		config.ClientCAs = clientCAs
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	return config
}

// upgrade goes on over TLS.
func (c *conn) upgrade() error {
	secure := tls.Server(c.in.unread(c.net), c.server.config.TLS)
	if err := secure.HandshakeContext(context.Background()); err != nil { // the login's deadline bounds it
		return fmt.Errorf("TLS handshake: %w", err)
	}
	if certs := secure.ConnectionState().PeerCertificates; len(certs) > 0 {
		c.commonName = certs[0].Subject.CommonName
	}
	c.secure = true
	c.net = secure
	c.in.stream, c.out.stream = secure, secure
	return nil
}

// passwordKey is what clients without TLS encrypt their password with.
type passwordKey struct {
	private *rsa.PrivateKey
	public  []byte // PEM
}

const passwordKeyBits = 2048

func newPasswordKey() (*passwordKey, error) {
	private, err := rsa.GenerateKey(rand.Reader, passwordKeyBits)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKIXPublicKey(private.Public())
	if err != nil {
		return nil, err
	}
	return &passwordKey{private: private, public: pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})}, nil
}

// cipher names what the connection is encrypted with; nothing for a plain one.
func (c *conn) cipher() (cipher, version string) {
	secure, ok := c.net.(*tls.Conn)
	if !ok {
		return "", ""
	}
	state := secure.ConnectionState()
	return tls.CipherSuiteName(state.CipherSuite), tls.VersionName(state.Version)
}
