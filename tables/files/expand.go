package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// stdin is the path that stands for standard input, and its name in messages.
const (
	stdin     = "-"
	stdinName = "(standard input)"
)

// input is one file to read.
type input struct {
	path string
	size int64
	// stream marks what can be read only once: standard input, a pipe, a device.
	stream bool
	// err says why a file that was found cannot be read, where that is known already.
	err error
}

// name is what messages and credsql.accounts call the input.
func (in input) name() string {
	if in.path == stdin {
		return stdinName
	}
	return in.path
}

// expand finds the files that the paths stand for, in the order of the paths and by name within one. A file that is named
// twice is read once.
func expand(paths []string, hasStdin bool) ([]input, error) {
	if len(paths) == 0 {
		return nil, sqlerr.New(sqlerr.CodeSource, "no report was named")
	}
	var found []input
	seen := map[string]bool{}
	for _, path := range paths {
		inputs, err := expandOne(path, hasStdin)
		if err != nil {
			return nil, err
		}
		for _, in := range inputs {
			if key := filepath.Clean(in.path); !seen[key] {
				seen[key] = true
				found = append(found, in)
			}
		}
	}
	return found, nil
}

func expandOne(path string, hasStdin bool) ([]input, error) {
	if path == stdin {
		if !hasStdin {
			return nil, sqlerr.New(sqlerr.CodeSource, "standard input was named as a report, but there is none to read")
		}
		return []input{{path: stdin, stream: true}}, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return folder(path)
	case err == nil:
		return []input{inputOf(path, info)}, nil
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, `*?[`):
		return glob(path)
	default:
		return nil, sqlerr.New(sqlerr.CodeSource, "report %v", unwrapPath(err)).Wrap(err)
	}
}

func inputOf(path string, info fs.FileInfo) input {
	return input{path: path, size: info.Size(), stream: !info.Mode().IsRegular()}
}

// unwrapPath is an error of the file system as "<path>: no such file or directory", without the system call's name.
func unwrapPath(err error) string {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Path + ": " + e.Err.Error()
	}
	return err.Error()
}

// glob finds the files that a pattern matches, and those of the folders that it matches.
func glob(pattern string) ([]input, error) {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return nil, sqlerr.New(sqlerr.CodeSource, "report pattern %s: %v", pattern, err).Wrap(err)
	}
	w := walk{}
	for _, path := range matches {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			w.folder(path)
		} else {
			w.file(path, info, err)
		}
	}
	if len(w.found) == 0 {
		return nil, sqlerr.New(sqlerr.CodeSource, "no file matches %s", pattern)
	}
	return w.found, nil
}
