package mysqlwire

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine/column"
)

// FuzzResponse: what a client says of itself, in both forms.
func FuzzResponse(f *testing.F) {
	f.Add(handshakeResponse(rawCapabilities, testUser, make([]byte, 20), "mysql_native_password"), uint32(0))
	f.Add(attributesResponse(6, 2, 'a', 'b', 2, 'c', 'd'), uint32(1<<19|1<<20))
	f.Add(lenencResponse(0xfe, 1, 0, 0, 0, 0, 0, 0, 0, 'x'), uint32(1<<21))
	f.Add(sslRequest(), uint32(0))
	f.Fuzz(func(t *testing.T, data []byte, caps uint32) {
		if r, err := parseResponse(data); err == nil && !r.wantsTLS && len(r.user)+len(r.auth)+len(r.database)+len(r.plugin) > len(data) {
			t.Errorf("%d bytes give %+v", len(data), r)
		}
		_, _ = parseChangeUser(data, caps)
	})
}

// FuzzPackets: a stream cut anywhere gives the same packets as when it comes at once.
func FuzzPackets(f *testing.F) {
	f.Add(append(framed(0, []byte("one")), framed(1, bytes.Repeat([]byte("two"), 1000))...), 3)
	f.Add([]byte{0xff, 0xff, 0xff, 0, 1, 2, 3}, 1)
	f.Fuzz(func(t *testing.T, stream []byte, step int) {
		const limit = 1 << 20
		whole, cut := newPacketReader(bytes.NewReader(stream)), newPacketReader(&trickle{rest: stream, step: max(1, step&0xfff)})
		for {
			a, errA := whole.packet(limit)
			a = bytes.Clone(a)
			b, errB := cut.packet(limit)
			if (errA == nil) != (errB == nil) || !bytes.Equal(a, b) {
				t.Fatalf("at once %q, %v; bit by bit %q, %v", a, errA, b, errB)
			}
			if errA != nil {
				return
			}
		}
	})
}

// trickle gives a few bytes at a time.
type trickle struct {
	rest []byte
	step int
}

func (r *trickle) Read(p []byte) (int, error) {
	n := copy(p[:min(len(p), r.step)], r.rest)
	r.rest = r.rest[n:]
	if n == 0 {
		return 0, net.ErrClosed
	}
	return n, nil
}

// FuzzExecution: the values of a prepared statement.
func FuzzExecution(f *testing.F) {
	f.Add(2, []byte{0, 1, 8, 0, 253, 0, 1, 2, 3, 4, 5, 6, 7, 8, 3, 'a', 'b', 'c'})
	f.Add(3, []byte{2, 1, 12, 0, 6, 0, 11, 0, 11, 233, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 1, 1, 0, 0, 0, 2, 3, 4, 5, 6, 7, 8})
	f.Add(1, []byte{0, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f})
	f.Fuzz(func(t *testing.T, params int, data []byte) {
		s := &prepared{statement: &fakeStatement{text: strings.Repeat("?", params&0xff)}}
		p := payload{rest: data}
		values, err := s.params(&p)
		if err == nil && !p.bad && len(values) != params&0xff {
			t.Fatalf("%d values for %d parameters", len(values), params&0xff)
		}
		for _, v := range values {
			if err == nil && typed(v) == "?" {
				t.Errorf("a value of type %T", v)
			}
		}
	})
}

// FuzzTimestamps: what is sent in binary rows reads back.
func FuzzTimestamps(f *testing.F) {
	for _, x := range []int64{0, -1, 1, firstMoment, lastMoment, 1_736_072_430_123_456} {
		f.Add(x)
	}
	f.Fuzz(func(t *testing.T, x int64) {
		v := &column.Vector{Type: column.TimestampT, N: 1, Ints: []int64{x}}
		c, err := newCell(v, 0, true)
		if (err != nil) != (x < firstMoment || x > lastMoment) {
			t.Fatalf("%d: %v", x, err)
		}
		if err != nil {
			return
		}
		p := payload{rest: c.put(nil, 0)}
		back, err := readMoment(&p, false)
		if err != nil || p.bad || len(p.rest) > 0 || back != column.Timestamp(x) {
			t.Errorf("%d reads back as %v, %v", x, back, err)
		}
		text, _ := newCell(v, 0, false)
		want := time.UnixMicro(x).UTC().Format("2006-01-02 15:04:05.000000")
		if got := string(text.put(nil, 0)[1:]); got != want {
			t.Errorf("%d is %s, want %s", x, got, want)
		}
	})
}

// panics is a log that counts panics, which the server survives and a test must not.
type panics struct {
	slog.Handler
	seen *atomic.Int64
}

func (h panics) Enabled(context.Context, slog.Level) bool { return true }

func (h panics) Handle(_ context.Context, r slog.Record) error {
	if strings.HasPrefix(r.Message, "panic") {
		h.seen.Add(1)
	}
	return nil
}

// FuzzConnection: any bytes before and after login. The server never panics, and always ends the connection.
func FuzzConnection(f *testing.F) {
	f.Add(false, framed(1, handshakeResponse(rawCapabilities, testUser, make([]byte, 20), "mysql_native_password")))
	f.Add(false, framed(1, sslRequest()))
	f.Add(true, framed(0, append([]byte{3}, "rows 3"...)))
	f.Add(true, append(framed(0, append([]byte{22}, "echo ?"...)), framed(0, []byte{23, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 0, 1, 2, 3, 4})...))
	f.Add(true, framed(0, append([]byte{17}, "auditor\x00\x00db\x00\x2d\x00mysql_native_password\x00"...)))
	f.Add(true, framed(0, []byte{24, 1, 0, 0, 0, 0, 0, 'x'}))
	seen := &atomic.Int64{}
	s, err := New(Config{Backend: &fakeBackend{}, Users: usersOf(f, User{Name: testUser, Password: testPassword}), Logger: slog.New(panics{slog.DiscardHandler, seen}),
		Limits: Limits{LoginTime: 2 * time.Second, IdleTime: 2 * time.Second, WriteTime: 2 * time.Second}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, login bool, data []byte) {
		if bytes.Contains(data, []byte("wait")) || bytes.Contains(data, []byte("sleep")) || bytes.Contains(data, []byte("panic")) {
			return // words of the test's own backend
		}
		client, server := net.Pipe()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			s.newConn(server).serve()
		}()
		raw := &rawClient{t: t, conn: client}
		nonce := raw.greeting()
		if login {
			raw.loginWith(func([]byte) []byte { return mysql.CalcNativePassword(nonce, []byte(testPassword)) }, mysql.AUTH_NATIVE_PASSWORD)
			raw.read()
		}
		go func() {
			_, _ = client.Write(data)
			_ = client.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
		}()
		buf := make([]byte, 4096)
		for {
			if _, err := client.Read(buf); err != nil {
				break
			}
		}
		_ = client.Close()
		<-ended
		if seen.Load() > 0 {
			t.Fatal("the server has panicked")
		}
	})
}
