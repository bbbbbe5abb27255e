package awsiam

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A cache file is one line "credsql-cache 1 <SHA-256 of all that follows>", one line of JSON (a CacheEntry), and the payload.

const (
	cacheMagic  = "credsql-cache 1 "
	cacheSuffix = ".credsql"
	// maxCacheFile is above any report, so that a foreign file cannot fill the memory.
	maxCacheFile = maxAnswer
)

// What a cache file holds.
const (
	kindReport   = "report"   // a credential report
	kindTags     = "tags"     // the tags of an account's users
	kindAccounts = "accounts" // the accounts of a source, and the identity that saw them
)

// CacheEntry is what a cache file is about. It never holds a secret: neither do reports.
type CacheEntry struct {
	Kind      string `json:"kind"`
	Endpoint  string `json:"endpoint"` // empty: AWS
	Partition string `json:"partition,omitempty"`
	Source    string `json:"source"`
	Account   string `json:"account,omitempty"`
	Caller    string `json:"caller,omitempty"` // ARN of the identity that read it
	// Generated is when AWS made the report, or when the rest was read.
	Generated time.Time `json:"generated"`

	// Path and Size are of the file. They are not written.
	Path string `json:"-"`
	Size int64  `json:"-"`
}

// errForeign is a file in the cache folder that this program did not write, or that somebody changed.
var errForeign = errors.New("not a cache file")

// sameKey says whether two entries are about the same thing.
func (e CacheEntry) sameKey(o CacheEntry) bool {
	o.Generated, o.Path, o.Size = e.Generated, e.Path, e.Size
	return e == o
}

// fileName is where an entry is kept: a hash of its key. A list of accounts is found without knowing who saw it.
func (e CacheEntry) fileName() string {
	key := []string{e.Kind, e.Endpoint, e.Partition, e.Source, e.Account, e.Caller}
	if e.Kind == kindAccounts {
		key = []string{e.Kind, e.Endpoint, e.Source}
	}
	sum := sha256.Sum256([]byte(strings.Join(key, "\x00")))
	return hex.EncodeToString(sum[:16]) + cacheSuffix
}

// cacheHead is all of an entry's file but the payload.
func cacheHead(e CacheEntry, payload []byte) ([]byte, error) {
	meta, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("write cache entry: %w", err)
	}
	meta = append(meta, '\n')
	sum := sha256.New()
	sum.Write(meta)
	sum.Write(payload)
	return append([]byte(cacheMagic+hex.EncodeToString(sum.Sum(nil))+"\n"), meta...), nil
}

// decodeCacheFile reads a head with its payload, and refuses everything else with errForeign.
func decodeCacheFile(data []byte) (CacheEntry, []byte, error) {
	first, rest, ok := bytes.Cut(data, []byte("\n"))
	sum, magic := strings.CutPrefix(string(first), cacheMagic)
	if !ok || !magic {
		return CacheEntry{}, nil, fmt.Errorf("%w: it does not begin as one", errForeign)
	}
	if real := sha256.Sum256(rest); sum != hex.EncodeToString(real[:]) {
		return CacheEntry{}, nil, fmt.Errorf("%w: the checksum is wrong", errForeign)
	}
	meta, payload, ok := bytes.Cut(rest, []byte("\n"))
	var e CacheEntry
	if !ok || json.Unmarshal(meta, &e) != nil {
		return CacheEntry{}, nil, fmt.Errorf("%w: its description cannot be read", errForeign)
	}
	return e, payload, nil
}

// readCacheFile reads a file that only its owner, who must be this user, can have written.
func readCacheFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	switch {
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: it is not a regular file", errForeign)
	case info.Mode().Perm()&0o077 != 0 || !ownFile(info):
		return nil, fmt.Errorf("%w: others could have written or read it (mode %04o)", errForeign, info.Mode().Perm())
	case info.Size() > maxCacheFile:
		return nil, fmt.Errorf("%w: it is too large", errForeign)
	}
	data := make([]byte, info.Size())
	if _, err := readFull(f, data); err != nil {
		return nil, err
	}
	return data, nil
}

func readFull(f *os.File, data []byte) (int, error) {
	n, err := f.ReadAt(data, 0)
	if n == len(data) {
		return n, nil
	}
	return n, err
}

// writeCacheFile puts a file in its place at once and whole: a reader sees the old one or the new one.
func writeCacheFile(path string, head, payload []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*"+cacheSuffix) // mode 0600
	if err != nil {
		return err
	}
	if _, err = f.Write(head); err == nil {
		_, err = f.Write(payload) // no sync: a file that a crash cut short fails its checksum
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the write's error is what matters
	}
	return err
}

// cachePattern is how our files are named, finished ones and those being written.
var cachePattern = pattern(`^([0-9a-f]{32}|\.new-[0-9]+)\.credsql$`)

// isCacheFile says whether a folder entry is one of ours, by its name.
func isCacheFile(e fs.DirEntry) bool { return !e.IsDir() && cachePattern().MatchString(e.Name()) }
