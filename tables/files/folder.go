package files

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// folder finds the reports in a folder and those below it.
func folder(root string) ([]input, error) {
	w := walk{}
	w.folder(root)
	switch {
	case len(w.found) == 0:
		return nil, sqlerr.New(sqlerr.CodeSource, "report folder %s holds no *.csv and no *.json file", root)
	case len(w.found) == 1 && w.found[0].path == root:
		return nil, sqlerr.New(sqlerr.CodeSource, "report folder %v", w.found[0].err).Wrap(w.found[0].err)
	}
	return w.found, nil
}

// walk gathers the reports of folders. What is named like a report and cannot be read is found all the same, so that the
// answer is known to lack it.
type walk struct {
	found   []input
	entered []fs.FileInfo // folders, each of which is read once: links may lead back
}

// folder adds the reports of a folder, by name. Links to folders are followed.
func (w *walk) folder(path string) {
	info, err := os.Stat(path)
	if err != nil {
		w.file(path, nil, err)
		return
	}
	if slices.ContainsFunc(w.entered, func(seen fs.FileInfo) bool { return os.SameFile(seen, info) }) {
		return
	}
	w.entered = append(w.entered, info)
	entries, err := os.ReadDir(path)
	if err != nil {
		w.file(path, nil, err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		w.member(filepath.Join(path, entry.Name()), entry)
	}
}

// member adds what a folder holds, if it is a folder or named like a report.
func (w *walk) member(path string, entry fs.DirEntry) {
	link := entry.Type()&fs.ModeSymlink != 0
	if !entry.IsDir() && !link && !isReportName(path) {
		return
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		w.folder(path)
	case isReportName(path) || entry.IsDir():
		w.file(path, info, err)
	}
}

// file adds a file that a folder or a glob has, or the reason why it cannot be read. Only regular files are read: whoever
// wants to read a pipe names it, for opening it waits until there is a writer.
func (w *walk) file(path string, info fs.FileInfo, err error) {
	in := input{path: path, err: err}
	switch {
	case err != nil:
		in.err = readError(in, err)
	case !info.Mode().IsRegular():
		in.err = &inputError{text: fmt.Sprintf("%s is %s, expected a regular file", path, kindOf(info.Mode()))}
	default:
		in.size = info.Size()
	}
	w.found = append(w.found, in)
}

func kindOf(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	default:
		return "no regular file"
	}
}

// packed are the endings of compressed files. A report that was compressed is named in a refusal, not passed over.
var packed = []string{".gz", ".zst", ".bz2", ".xz", ".zip"}

func isReportName(path string) bool {
	name := strings.ToLower(path)
	for _, ending := range packed {
		name = strings.TrimSuffix(name, ending)
	}
	return strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".json")
}
