package files

import (
	"context"
	"io"
	"os"
	"sync"

	"github.com/credsql/credsql/tables/credreport"
)

// streams are the inputs that can be read only once. What they gave is kept, compressed.
type streams struct {
	stdin  io.Reader
	mu     sync.Mutex
	byPath map[string]*stream
}

// stream is one of them, from when it is first asked for.
type stream struct {
	ended chan struct{} // closed when it has been read
	err   error
	kept  credreport.RawFunc

	mu    sync.Mutex
	fresh []byte // for who asks first
}

func newStreams(stdin io.Reader) *streams {
	return &streams{stdin: stdin, byPath: map[string]*stream{}}
}

// read gives the bytes of a stream. A stream that does not come to its end is waited for until ctx ends; who asks again
// waits for the same reading.
func (s *streams) read(ctx context.Context, path string) ([]byte, error) {
	st := s.start(path)
	select {
	case <-st.ended:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if st.err != nil {
		return nil, st.err
	}
	if data := st.take(); data != nil {
		return data, nil
	}
	return st.kept(ctx)
}

// start begins to read a stream the first time that it is asked for.
func (s *streams) start(path string) *stream {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.byPath[path]
	if st == nil {
		st = &stream{ended: make(chan struct{})}
		s.byPath[path] = st
		go func() {
			defer close(st.ended)
			if st.fresh, st.err = s.readOnce(path); st.err == nil {
				st.kept = credreport.Keep(st.fresh)
			}
		}()
	}
	return st
}

func (st *stream) take() []byte {
	st.mu.Lock()
	defer st.mu.Unlock()
	data := st.fresh
	st.fresh = nil
	return data
}

func (s *streams) readOnce(path string) ([]byte, error) {
	if path == stdin {
		return readAll(context.Background(), stdinName, s.stdin, nil)
	}
	f, err := os.Open(path) // of a pipe: waits for a writer
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	return readAll(context.Background(), path, f, nil)
}

// rawStream gives a stream's report again.
func (s *streams) rawStream(path string) credreport.RawFunc {
	return func(ctx context.Context) ([]byte, error) {
		data, err := s.read(ctx, path)
		if err != nil || !isJSON(data) {
			return data, err
		}
		csv, _, err := parseJSON(path, data)
		return csv, err
	}
}
