package clients

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// address is where and as whom to connect.
type address struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	User     string `json:"user"`
	Password string `json:"password"`
	Database string `json:"database"`
	TLS      bool   `json:"tls"`
	CA       string `json:"ca"` // the authority's certificate, if TLS
}

// param is a value that the library is to send in its own type.
type param struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// request is one thing that a program is to do with its library, on connections of its own.
type request struct {
	Op    string    `json:"op"`
	To    address   `json:"to"`
	Other *address  `json:"other,omitempty"`
	SQL   string    `json:"sql,omitempty"`
	SQLs  []string  `json:"sqls,omitempty"`
	Runs  [][]param `json:"runs,omitempty"`
}

// answer is what came of it.
type answer struct {
	Error   *failure  `json:"error"`
	Value   string    `json:"value"`
	Results []outcome `json:"results"`
	// of stream
	Count int64  `json:"count"`
	Sum   string `json:"sum"`
	// of session
	Session map[string]string `json:"session"`
	// of browse
	Databases, Tables, Notes []string
	Columns                  [][4]string // name, type, NULL or NOT NULL, comment
}

// outcome is the answer to one statement.
type outcome struct {
	Error   *failure      `json:"error"`
	Columns []string      `json:"columns"`
	Types   []string      `json:"types"`
	Rows    [][][2]string `json:"rows"` // kind and text of each cell
}

// failure is an error as the library tells it; code is the server's, 0 if it is the library's own.
type failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// program is a running program of drivers.
type program struct {
	t      *testing.T
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start starts a program, which ends with the test.
func start(t *testing.T, command []string) *program {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	// A zone that is not UTC: moments that a library takes for local ones are then wrong.
	cmd.Env = append(cmd.Environ(), "TZ=Asia/Kathmandu", "LC_ALL=C.UTF-8", "PYTHONIOENCODING=utf-8")
	p := &program{t: t, stderr: &lockedBuffer{}}
	cmd.Stderr = p.stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v; ./install installs what is needed", err)
	}
	p.in, p.out = in, bufio.NewReader(out)
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	return p
}

// patience is a guard against a client that hangs; the slowest request takes a few seconds.
const patience = 3 * time.Minute

// ask makes a request and reads its answer.
func (p *program) ask(r request) answer {
	p.t.Helper()
	line, err := json.Marshal(r)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		p.t.Fatalf("%v\n%s", err, p.stderr)
	}
	type read struct {
		line []byte
		err  error
	}
	done := make(chan read, 1)
	go func() {
		line, err := p.out.ReadBytes('\n')
		done <- read{line, err}
	}()
	var got read
	select {
	case got = <-done:
	case <-time.After(patience):
		p.t.Fatalf("%s has no answer\n%s", line, p.stderr)
	}
	var a answer
	if got.err != nil {
		p.t.Fatalf("%s: %v\n%s", line, got.err, p.stderr)
	}
	if err := json.Unmarshal(got.line, &a); err != nil {
		p.t.Fatalf("%s: %v in %s", line, err, got.line)
	}
	return a
}

func (r *run) ask(q request) answer {
	r.Helper()
	return r.client.ask(q)
}

// asked makes a request that must succeed.
func (r *run) asked(q request) answer {
	r.Helper()
	a := r.ask(q)
	if a.Error != nil {
		r.Errorf("%s %s: %+v\n%s", q.Op, q.SQL, *a.Error, r.client.stderr)
	}
	return a
}
