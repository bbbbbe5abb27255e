package cli

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/credsql/credsql/engine/mysqlwire"
)

// users are those of --users, or the one of --user with a password of the file, the environment or this run.
func (s *serving) users() (*mysqlwire.Users, error) {
	f := s.flags
	if f.users != "" {
		file, err := os.Open(f.users)
		if err != nil {
			return nil, usageError{fmt.Errorf("read the users: %w", err)}
		}
		defer file.Close()
		list, err := mysqlwire.ParseUsers(file)
		if err != nil {
			return nil, usageError{fmt.Errorf("%s: %w", f.users, err)}
		}
		users, err := mysqlwire.NewUsers(list)
		if err != nil {
			return nil, usageError{fmt.Errorf("%s: %w", f.users, err)}
		}
		return users, nil
	}
	password, err := s.password()
	if err != nil {
		return nil, err
	}
	return mysqlwire.NewUsers([]mysqlwire.User{{Name: f.user, Password: password}})
}

func (s *serving) password() (string, error) {
	if file := s.flags.passwordFile; file != "" {
		text, err := readBounded(file, maxConfig)
		if err != nil {
			return "", usageError{fmt.Errorf("read the password: %w", err)}
		}
		password := strings.TrimRight(string(text), "\r\n")
		if password == "" {
			return "", usageError{fmt.Errorf("%s: the password is empty", file)}
		}
		return password, nil
	}
	if password, set := s.app.io.Env("CREDSQL_PASSWORD"); set {
		if password == "" {
			return "", usageError{errors.New("CREDSQL_PASSWORD is empty")}
		}
		return password, nil
	}
	if s.random == "" {
		s.random = rand.Text()
	}
	return s.random, nil
}

// tlsConfig is the server's side of TLS; nil for none.
func (s *serving) tlsConfig() (*tls.Config, error) {
	f := s.flags
	switch {
	case f.tlsCert != "":
		certPEM, keyPEM, err := s.readCertificate()
		if err == nil {
			s.cert, err = mysqlwire.NewCertificate(certPEM, keyPEM)
		}
		if err != nil {
			return nil, usageError{fmt.Errorf("read the certificate: %w", err)}
		}
	case f.tlsSelfSigned:
		hosts := []string{"localhost", "127.0.0.1", "::1"}
		if host, _, err := net.SplitHostPort(f.listen); err == nil && host != "" {
			hosts = append(hosts, host)
		}
		var err error
		if s.cert, err = mysqlwire.SelfSigned(hosts, s.app.io.Clock()); err != nil {
			return nil, err
		}
	default:
		return nil, nil
	}
	if f.tlsCA == "" {
		return s.cert.Config(nil), nil
	}
	pem, err := readBounded(f.tlsCA, maxConfig)
	if err != nil {
		return nil, usageError{fmt.Errorf("read the clients' authorities: %w", err)}
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, usageError{fmt.Errorf("%s holds no certificate", f.tlsCA)}
	}
	return s.cert.Config(pool), nil
}

func (s *serving) readCertificate() (certPEM, keyPEM []byte, err error) {
	if certPEM, err = readBounded(s.flags.tlsCert, maxConfig); err != nil {
		return nil, nil, err
	}
	keyPEM, err = readBounded(s.flags.tlsKey, maxConfig)
	return certPEM, keyPEM, err
}
