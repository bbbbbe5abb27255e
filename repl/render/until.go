package render

import "io"

// Until is out, until ended gives an error: then writing gives it. A writer formats many rows between two batches, and a statement must
// end in the middle of them when its time is over or its user has seen enough.
func Until(out io.Writer, ended func() error) io.Writer { return until{out, ended} }

type until struct {
	out   io.Writer
	ended func() error
}

func (u until) Write(p []byte) (int, error) {
	if err := u.ended(); err != nil {
		return 0, err
	}
	return u.out.Write(p)
}
