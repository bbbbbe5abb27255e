package line

import (
	"io"
	"sync/atomic"

	"github.com/chzyer/readline"
)

// input is the terminal as readline reads it: keys as runes. It reads only when it is asked to, so that a pager or an editor can have the
// terminal in between.
type input struct {
	source  *readline.CancelableStdin
	decoder decoder
	ready   []byte // decoded and not yet read
	// given and done count the keys that were decoded and those that were handled.
	given, done atomic.Int64
	ended       atomic.Bool
}

var _ io.ReadCloser = (*input)(nil)

func newInput(source io.Reader) *input { return &input{source: readline.NewCancelableStdin(source)} }

// Read gives keys as UTF-8.
func (in *input) Read(p []byte) (int, error) {
	var raw [4096]byte
	for len(in.ready) == 0 {
		n, err := in.source.Read(raw[:])
		keys := in.decoder.feed(raw[:n])
		in.given.Add(int64(len(keys)))
		in.ready = append(in.ready, string(keys)...)
		if err != nil && len(in.ready) == 0 {
			in.ended.Store(true)
			return 0, err
		}
	}
	n := copy(p, in.ready)
	in.ready = in.ready[n:]
	return n, nil
}

// Close ends a Read that waits.
func (in *input) Close() error { return in.source.Close() }

func (in *input) takePaste() string { return in.decoder.takePaste() }

func (in *input) handled() { in.done.Add(1) }

// waiting says whether more keys are there to be handled, so that drawing can wait for the last of them.
func (in *input) waiting() bool { return in.given.Load() > in.done.Load() }
