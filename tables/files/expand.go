package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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

// folder finds the reports in a folder and those below it.
func folder(root string) ([]input, error) {
	var found []input
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(entry.Name(), ".") && path != root
		switch {
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || entry.IsDir() || !isReportName(path):
			return nil
		}
		info, err := os.Stat(path)
		if err != nil || info.IsDir() {
			return err
		}
		found = append(found, inputOf(path, info))
		return nil
	})
	if err != nil {
		return nil, sqlerr.New(sqlerr.CodeSource, "report folder %v", unwrapPath(err)).Wrap(err)
	}
	if len(found) == 0 {
		return nil, sqlerr.New(sqlerr.CodeSource, "report folder %s holds no *.csv and no *.json file", root)
	}
	return found, nil
}

func isReportName(path string) bool {
	return slices.Contains([]string{".csv", ".json"}, strings.ToLower(filepath.Ext(path)))
}

// glob finds the files that a pattern matches; folders among them are passed over.
func glob(pattern string) ([]input, error) {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return nil, sqlerr.New(sqlerr.CodeSource, "report pattern %s: %v", pattern, err).Wrap(err)
	}
	var found []input
	for _, path := range matches {
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			found = append(found, inputOf(path, info))
		}
	}
	if len(found) == 0 {
		return nil, sqlerr.New(sqlerr.CodeSource, "no file matches %s", pattern)
	}
	return found, nil
}
