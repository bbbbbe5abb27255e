package mysqlwire

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
)

// quiet keeps the driver from printing what tests provoke.
type quiet struct{}

func (quiet) Print(...any) {}

const (
	testUser     = "auditor"
	testPassword = "it's a Secret"
)

// testUsers is one user with a password that all plugins can check.
func testUsers(t testing.TB) *Users {
	t.Helper()
	return usersOf(t, User{Name: testUser, Password: testPassword})
}

func usersOf(t testing.TB, list ...User) *Users {
	t.Helper()
	u, err := NewUsers(list)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// serving starts a server on a free port and stops it after the test.
func serving(t testing.TB, config Config) (*Server, net.Addr) {
	t.Helper()
	if config.Users == nil {
		config.Users = testUsers(t)
	}
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := <-ended; !errors.Is(err, ErrClosed) {
			t.Errorf("serve: %v", err)
		}
	})
	return s, l.Addr()
}

// opened connects the Go driver.
func opened(t testing.TB, addr net.Addr, change ...func(*mysql.Config)) *sql.DB {
	t.Helper()
	config := mysql.NewConfig()
	config.User, config.Passwd, config.Net, config.Addr = testUser, testPassword, addr.Network(), addr.String()
	config.Logger = quiet{}
	config.AllowNativePasswords = true
	for _, f := range change {
		f(config)
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	t.Cleanup(func() { _ = db.Close() })
	return db
}
