package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// maxInput bounds a text of statements, in bytes. The engine's own limit for one statement is far below.
const maxInput = 16 << 20

// text is a text of statements and where it came from, which is empty for an argument.
type text struct {
	name, sql string
}

// texts are the statements to run: the arguments, or the files, or standard input.
func (a *app) texts(ctx context.Context, args []string) ([]text, error) {
	if len(args) > 0 && len(a.query.files) > 0 {
		return nil, usageError{errors.New("statements are given twice: as an argument and with --file")}
	}
	if err := unquoted(args); err != nil {
		return nil, err
	}
	var all []text
	for _, sql := range args {
		all = append(all, text{sql: sql})
	}
	for _, path := range a.query.files {
		t, err := a.readFile(ctx, path)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	if len(all) > 0 {
		return all, nil
	}
	if a.io.InTTY {
		return nil, usageError{errors.New("no statement; give one as an argument, with --file, or on standard input")}
	}
	t, err := a.readInput(ctx)
	return []text{t}, err
}

func (a *app) readFile(ctx context.Context, path string) (text, error) {
	if path == "-" {
		return a.readInput(ctx)
	}
	f, err := os.Open(path)
	if err != nil {
		return text{}, usageError{fmt.Errorf("--file: %w", err)}
	}
	defer f.Close()
	return readText(path, f)
}

// readInput reads standard input, unless the user gives up before it ends.
func (a *app) readInput(ctx context.Context) (text, error) {
	if slices.Contains(a.source.reports, "-") {
		return text{}, usageError{errors.New("standard input cannot hold both the report (--report -) and the statements")}
	}
	var t text
	var err error
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		t, err = readText("standard input", a.io.In)
	}()
	select {
	case <-ended:
		return t, err
	case <-ctx.Done():
		return text{}, ctx.Err()
	}
}

// readBounded reads a file of at most so many bytes: a path of the user's may lead to a device that never ends.
func readBounded(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		err = fmt.Errorf("%s is longer than %d kB", path, most>>10)
	}
	return b, err
}

func readText(name string, r io.Reader) (text, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	switch {
	case err != nil:
		return text{}, usageError{fmt.Errorf("read %s: %w", name, err)}
	case len(b) > maxInput:
		return text{}, usageError{fmt.Errorf("%s is longer than %d MiB of statements", name, maxInput>>20)}
	}
	return text{name: name, sql: strings.TrimPrefix(string(b), "\ufeff")}, nil
}
