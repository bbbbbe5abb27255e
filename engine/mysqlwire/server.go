package mysqlwire

import (
	"context"
	"errors"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
)

// Server serves clients on any number of listeners.
type Server struct {
	config   Config
	users    atomic.Pointer[Users]
	throttle *throttle
	metrics  *Metrics
	audit    *auditor
	buffers  *sync.Pool
	started  time.Time
	// costly lets only so many passwords be hashed at once.
	costly chan struct{}
	// passwordKey makes the key on first use: few servers need it.
	passwordKey func() (*passwordKey, error)

	ctx    context.Context // of all statements
	cancel context.CancelCauseFunc

	mu        sync.Mutex
	listeners map[net.Listener]bool
	conns     map[uint32]*conn
	lastID    uint32
	draining  bool
	busy      sync.WaitGroup // one for each connection
}

// New makes a server. It listens to nothing yet.
func New(config Config) (*Server, error) {
	if err := config.validate(); err != nil {
		return nil, err
	}
	config = config.withDefaults()
	s := &Server{
		config: config, throttle: newThrottle(config.Clock), metrics: config.Metrics, audit: newAuditor(config.Audit, config.Clock),
		buffers: newBufferPool(), started: config.Clock(), costly: make(chan struct{}, runtime.GOMAXPROCS(0)),
		passwordKey: sync.OnceValues(newPasswordKey), listeners: map[net.Listener]bool{}, conns: map[uint32]*conn{},
	}
	s.ctx, s.cancel = context.WithCancelCause(context.Background())
	s.users.Store(config.Users)
	return s, nil
}

// ErrClosed is what Serve returns after Shutdown.
var ErrClosed = errors.New("mysqlwire: server closed")

// retryAccept is how long Serve waits when the system has no more file descriptors.
const retryAccept = 50 * time.Millisecond

// Serve accepts connections until the listener fails or Shutdown is called, which gives ErrClosed.
func (s *Server) Serve(l net.Listener) error {
	s.mu.Lock()
	if s.draining {
		s.mu.Unlock()
		_ = l.Close()
		return ErrClosed
	}
	s.listeners[l] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.listeners, l)
		s.mu.Unlock()
	}()
	for {
		nc, err := l.Accept()
		var temporary interface{ Temporary() bool }
		switch {
		case err == nil:
			s.accept(nc)
		case s.ctxOrDraining():
			return ErrClosed
		case errors.As(err, &temporary) && temporary.Temporary():
			s.config.Logger.Warn("accept", "error", err)
			time.Sleep(retryAccept)
		default:
			return err
		}
	}
}

func (s *Server) ctxOrDraining() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.draining
}

// SetUsers takes other users. Connections of users that are gone, or may see something else now, are ended.
func (s *Server) SetUsers(users *Users) {
	s.users.Store(users)
	for _, c := range s.connections() {
		if a := c.accountNow(); a != nil && !a.sameAs(users.byName[a.user.Name]) {
			c.kill(errRightsChanged)
		}
	}
}

// errRightsChanged is why a session ends whose user is gone, or may see something else now.
var errRightsChanged = sqlerr.New(sqlerr.CodeInsufficient, "the user's rights have changed; connect again")

// Shutdown stops accepting, ends idle connections at once and busy ones when their statement has been answered. When ctx ends
// before that, their statements are canceled. It returns when all connections are gone.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.draining = true
	for l := range s.listeners {
		_ = l.Close()
	}
	s.mu.Unlock()
	for _, c := range s.connections() {
		c.drain()
	}
	done := make(chan struct{})
	go func() {
		s.busy.Wait()
		close(done)
	}()
	select {
	case <-done:
		s.cancel(nil)
		return nil
	case <-ctx.Done():
	}
	s.cancel(errShutdown)
	select {
	case <-done:
	case <-time.After(lastWords):
		for _, c := range s.connections() {
			_ = c.raw.Close()
		}
		<-done
	}
	return ctx.Err()
}

// lastWords is how long a canceled statement has to tell its client.
const lastWords = time.Second

// errShutdown is why statements end when the server does not wait for them any longer.
var errShutdown = sqlerr.New(sqlerr.CodeQueryCanceled, "the server is shutting down")

func (s *Server) connections() []*conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*conn, 0, len(s.conns))
	for _, c := range s.conns {
		out = append(out, c)
	}
	return out
}

// expensive runs f when few enough others run such things.
func (s *Server) expensive(f func() bool) bool {
	s.costly <- struct{}{}
	defer func() { <-s.costly }()
	return f()
}
