package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/credsql/credsql/tables/credreport"
)

// errChanged is a file that is not the one that was loaded any more.
var errChanged = errors.New("it has changed since it was read")

// stamp tells whether a file is still the same.
type stamp struct {
	size     int64
	modified time.Time
}

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime()} }

// readFile reads a regular file into buf, if it has room, and says what state the file was in.
func readFile(path string, buf []byte) ([]byte, stamp, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, stamp{}, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return nil, stamp{}, err
	}
	data := buf[:0]
	if size := info.Size(); int64(cap(data)) <= size {
		data = make([]byte, 0, size+1) // one more, to see the end without growing
	}
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case err == io.EOF:
			return data, stampOf(info), nil
		case err != nil:
			return nil, stamp{}, err
		case len(data) == cap(data):
			data = append(data, 0)[:len(data)]
		}
	}
}

// rawFile reads a file again, as long as it is the same.
func rawFile(path string, was stamp) credreport.RawFunc {
	return func(ctx context.Context) ([]byte, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		data, now, err := readFile(path, nil)
		if err == nil && now != was {
			err = errChanged
		}
		if err != nil || !isJSON(data) {
			return data, err
		}
		csv, _, err := parseJSON(path, data)
		return csv, err
	}
}

// streams keeps what can be read only once, compressed.
type streams struct {
	stdin io.Reader
	mu    sync.Mutex
	kept  map[string]credreport.RawFunc
}

func newStreams(stdin io.Reader) *streams {
	return &streams{stdin: stdin, kept: map[string]credreport.RawFunc{}}
}

// read gives the bytes of a stream: the first time from it, later those kept.
func (s *streams) read(ctx context.Context, path string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if kept := s.kept[path]; kept != nil {
		return kept(ctx)
	}
	data, err := s.readOnce(ctx, path)
	if err != nil {
		return nil, err
	}
	s.kept[path] = credreport.Keep(data)
	return data, nil
}

func (s *streams) readOnce(ctx context.Context, path string) ([]byte, error) {
	if path == stdin {
		return io.ReadAll(&untilDone{ctx, s.stdin})
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	return io.ReadAll(&untilDone{ctx, f})
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

// untilDone reads until ctx ends. A read that is under way is not interrupted.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u *untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, fmt.Errorf("read: %w", err)
	}
	return u.r.Read(p)
}
