package cli

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeCertificate writes a certificate of its own and its key.
func writeCertificate(t *testing.T, serial int64, certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost"}}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: cert}, keyFile: {Type: "EC PRIVATE KEY", Bytes: der}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestServeReloadsCertificates: on SIGHUP, and one that is wrong changes nothing.
func TestServeReloadsCertificates(t *testing.T) {
	t.Parallel()
	certFile, keyFile := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	writeCertificate(t, 1, certFile, keyFile)
	s := serve(t, map[string]string{"CREDSQL_PASSWORD": "secret"}, "--listen", "127.0.0.1:0", "--tls-cert", certFile, "--tls-key", keyFile)
	addr := s.wait(`listening on (\S+)`)
	first := s.wait(`TLS certificate SHA-256 (\S+)`)
	answers := func() {
		t.Helper()
		if got := accountsSeen(connect(t, "tcp", addr, "credsql", "secret", "skip-verify")); got != "12" {
			t.Errorf("accounts: %s", got)
		}
	}
	answers()
	writeCertificate(t, 2, certFile, keyFile)
	s.hangup <- os.Interrupt
	if second := s.wait(`certificate read again.* fingerprint=(\S+)`); second == first {
		t.Errorf("still %s", second)
	}
	answers()
	if err := os.WriteFile(certFile, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.hangup <- os.Interrupt
	s.wait("certificate not read again: the old one stays")
	answers()
}

// TestServeMetricsByAccount: ids are told only when they are asked for, and what the metrics promise is there.
func TestServeMetricsByAccount(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"CREDSQL_PASSWORD": "secret"}, "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--metrics-accounts")
	addr := s.wait(`listening on (\S+)`)
	url := s.wait(`metrics on (\S+)`)
	if got := accountsSeen(connect(t, "tcp", addr, "credsql", "secret", "")); got != "12" {
		t.Errorf("accounts: %s", got)
	}
	if got := accountsSeen(connect(t, "tcp", addr, "credsql", "wrong", "")); !strings.Contains(got, "Access denied") {
		t.Errorf("a wrong password: %s", got)
	}
	body := httpBody(t, url)
	for _, want := range []string{
		`credsql_report_age_seconds{account_id="`, `credsql_accounts{state="file"} 12`, "credsql_report_rows 600", "credsql_oldest_report_seconds ", "credsql_connections ",
		`credsql_statements_total{kind="query",outcome="ok"} 1`, `credsql_logins_failed_total{reason="denied"} 1`, "credsql_statement_seconds_bucket",
		"credsql_rows_sent_total 1", "credsql_row_bytes_sent_total ", "process_resident_memory_bytes ",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
}
