package cli

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"
)

// listen opens the one listener: systemd's, a Unix socket or a TCP port.
func (s *serving) listen() (net.Listener, error) {
	l, err := s.openListener()
	if err != nil {
		return nil, usageError{err}
	}
	if err := s.flags.checkExposed(l.Addr(), s.random == ""); err != nil {
		_ = l.Close()
		return nil, err
	}
	return l, nil
}

func (s *serving) openListener() (net.Listener, error) {
	if l, err := s.inherited(); l != nil || err != nil {
		return l, err
	}
	if s.flags.socket != "" {
		return listenUnix(s.flags.socket)
	}
	l, err := net.Listen("tcp", s.flags.listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is in use, perhaps by a MySQL server; try --listen %s", s.flags.listen, freeNear(s.flags.listen))
	}
	return l, err
}

// firstInherited is the file descriptor of the first socket that systemd hands over (sd_listen_fds).
const firstInherited = 3

// inherited is the socket of systemd's socket activation, if this process was started for one.
func (s *serving) inherited() (net.Listener, error) {
	env := func(name string) string {
		v, _ := s.app.io.Env(name)
		return v
	}
	n, err := strconv.Atoi(env("LISTEN_FDS"))
	if err != nil || n < 1 || env("LISTEN_PID") != strconv.Itoa(os.Getpid()) {
		return nil, nil
	}
	if n > 1 {
		return nil, fmt.Errorf("systemd hands over %d sockets; one is needed", n)
	}
	f := os.NewFile(firstInherited, "systemd socket")
	defer f.Close() // the listener has its own copy
	l, err := net.FileListener(f)
	if err != nil {
		return nil, fmt.Errorf("take systemd's socket: %w", err)
	}
	return l, nil
}

// listenUnix listens on a socket file that only its owner's group may use. One that a dead server left behind is taken away.
func listenUnix(path string) (net.Listener, error) {
	const ownerAndGroup = 0o660
	l, err := net.Listen("unix", path)
	if errors.Is(err, syscall.EADDRINUSE) {
		if conn, dialErr := net.Dial("unix", path); dialErr == nil {
			_ = conn.Close()
			return nil, fmt.Errorf("another server listens on %s", path)
		}
		if err := os.Remove(path); err != nil {
			return nil, err
		}
		l, err = net.Listen("unix", path)
	}
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, ownerAndGroup); err != nil {
		_ = l.Close()
		return nil, err
	}
	return l, nil
}

// freeNear finds an address that is free: one of the next ports, or any.
func freeNear(address string) string {
	host, port, err := net.SplitHostPort(address)
	first, err2 := strconv.Atoi(port)
	if err != nil || err2 != nil {
		return "127.0.0.1:0"
	}
	const tries = 20
	for p := first + 1; p <= first+tries; p++ {
		candidate := net.JoinHostPort(host, strconv.Itoa(p))
		if l, err := net.Listen("tcp", candidate); err == nil {
			_ = l.Close()
			return candidate
		}
	}
	return net.JoinHostPort(host, "0")
}
