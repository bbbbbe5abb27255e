package line

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// historyFile has a text on each line, its line feeds and backslashes escaped. Several processes may append to it.
type historyFile struct{ path string }

// OpenHistory reads a history file and keeps it, readable by its owner alone; folders that are missing are made. If the file cannot be
// used, the error says why and the history is one that is kept nowhere.
func OpenHistory(path string, limit int) (*History, error) {
	h := NewHistory(limit)
	lines, err := h.load(path)
	if err != nil {
		return h, fmt.Errorf("the history is not kept: %w", err)
	}
	h.file = &historyFile{path}
	if lines > 2*limit {
		if err := h.file.rewrite(h.entries); err != nil {
			return h, fmt.Errorf("shorten the history: %w", err)
		}
	}
	return h, nil
}

// load reads the file and gives the number of its lines.
func (h *History) load(path string) (int, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return 0, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		err = f.Chmod(0o600)
	}
	if err != nil {
		return 0, err
	}
	return h.read(f)
}

func (h *History) read(r io.Reader) (int, error) {
	lines := 0
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			lines++
			h.push(unescapeLine(line))
		}
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return lines, err
		}
	}
}

// append adds a text in one write, so that processes do not mix their lines.
func (f *historyFile) append(text string) error {
	file, err := os.OpenFile(f.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(escapeLine(text) + "\n")
	return errors.Join(err, file.Close())
}

// rewrite replaces the file whole.
func (f *historyFile) rewrite(entries []string) error {
	temp, err := os.CreateTemp(filepath.Dir(f.path), ".history-*") // made with mode 0600
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, e := range entries {
		b.WriteString(escapeLine(e) + "\n")
	}
	_, err = temp.WriteString(b.String())
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), f.path)
	}
	if err != nil {
		if gone := os.Remove(temp.Name()); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

func escapeLine(text string) string {
	return strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(text)
}

func unescapeLine(line string) string {
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n").Replace(line)
}
