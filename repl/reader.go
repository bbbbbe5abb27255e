package repl

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"

	"github.com/credsql/credsql/repl/lang"
	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/script"
)

// reader reads texts that are whole.
type reader interface {
	Read(ctx context.Context, prompts line.Prompts, initial string) (string, error)
	Close() error
}

var (
	_ reader = (*line.Editor)(nil)
	_ reader = (*plainReader)(nil)
)

func (s *Shell) newReader() (reader, error) {
	if !s.config.Editing {
		return &plainReader{in: bufio.NewReader(s.config.In), out: s.config.Out, lex: s.config.Lex}, nil
	}
	return line.New(line.Config{
		In: s.config.In, Out: s.config.Out, Size: s.config.Size, Color: s.config.Color, History: s.history, Assistant: s.assistant,
		Unfinished: unfinished,
	})
}

// unfinished is what there is to say of a text that is not whole.
func unfinished(open string) string {
	switch open {
	case "":
		return "a statement ends with ; and Ctrl-C clears it"
	case "(":
		return "a parenthesis or bracket is open; Ctrl-C clears the statement"
	case "/*":
		return "a comment is open until */; Ctrl-C clears the statement"
	}
	return "a text or name is open since " + open + "; Ctrl-C clears the statement"
}

// plainReader reads lines from what cannot edit them: a dumb terminal.
type plainReader struct {
	in  *bufio.Reader
	out io.Writer
	lex lang.Lexer
}

// Read reads lines until they are whole.
func (r *plainReader) Read(_ context.Context, prompts line.Prompts, initial string) (string, error) {
	text := initial
	if initial != "" {
		r.print(initial + "\n")
	}
	for first := initial == ""; ; first = false {
		if first {
			for _, seg := range prompts.First {
				r.print(seg.Text)
			}
		} else {
			_, open := script.Parse(text, r.lex)
			r.print(prompts.Next(open).Text)
		}
		typed, err := r.in.ReadString('\n')
		if err != nil {
			r.print("\n")
			return "", io.EOF
		}
		if !first {
			text += "\n"
		}
		text += strings.TrimRight(typed, "\r\n")
		if script.Done(text, r.lex) {
			return text, nil
		}
	}
}

// print writes a prompt; who cannot be shown it is not there.
func (r *plainReader) print(s string) { _, _ = io.WriteString(r.out, s) }

// Close does nothing: the input is not ours.
func (r *plainReader) Close() error { return nil }

// readFile reads a file of statements, up to a size that no such file has.
func readFile(path string) (string, error) {
	const most = 16 << 20
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most))
	return strings.TrimPrefix(string(b), "\ufeff"), err
}
