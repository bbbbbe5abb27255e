package awsiam

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// cache keeps reports, tags and account lists on disk. Several processes may use one folder: files are only ever replaced
// whole. A nil cache keeps nothing.
type cache struct{ dir string }

// errMiss is an entry that the cache does not have.
var errMiss = errors.New("not in the cache")

// load reads the payload of an entry. The error is errMiss, or says why the file was ignored.
func (c *cache) load(key CacheEntry) (CacheEntry, []byte, error) {
	if c == nil {
		return CacheEntry{}, nil, errMiss
	}
	path := filepath.Join(c.dir, key.fileName())
	data, err := readCacheFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return CacheEntry{}, nil, errMiss
	}
	if err != nil {
		return CacheEntry{}, nil, fmt.Errorf("cache file %s is ignored: %w", path, err)
	}
	e, payload, err := decodeCacheFile(data)
	if err != nil {
		return CacheEntry{}, nil, fmt.Errorf("cache file %s is ignored: %w", path, err)
	}
	if e.Kind == kindAccounts {
		key.Caller, key.Partition = e.Caller, e.Partition
	}
	if !e.sameKey(key) {
		return CacheEntry{}, nil, fmt.Errorf("cache file %s is ignored: it is about something else", path)
	}
	return e, payload, nil
}

// store keeps a payload. That it could not be kept is never a reason for a query to fail.
func (c *cache) store(e CacheEntry, payload []byte) error {
	if c == nil {
		return nil
	}
	head, err := cacheHead(e, payload)
	if err != nil {
		return err
	}
	err = writeCacheFile(filepath.Join(c.dir, e.fileName()), head, payload)
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err // without the name, which is another one each time
	}
	if err != nil {
		return fmt.Errorf("the cache in %s could not be written: %w", c.dir, err)
	}
	return nil
}

func (t *target) cacheKey(kind string) CacheEntry {
	return CacheEntry{Kind: kind, Endpoint: t.endpoint, Partition: t.partition, Source: t.source, Account: t.id, Caller: t.caller}
}

// storeTags keeps the tags of an account's users.
func (c *cache) storeTags(t *target, set *tagSet) error {
	if c == nil || set.partial != nil {
		return nil
	}
	users := make(map[string][][2]string, len(set.byARN))
	for arn, tags := range set.byARN {
		list := make([][2]string, 0, tags.Len())
		for _, p := range tags.Pairs() {
			list = append(list, [2]string{p.Key, p.Value})
		}
		users[arn] = list
	}
	payload, err := json.Marshal(users)
	if err != nil {
		return fmt.Errorf("write tags: %w", err)
	}
	key := t.cacheKey(kindTags)
	key.Generated = set.read
	return c.store(key, payload)
}

// loadTags reads what storeTags wrote.
func (c *cache) loadTags(t *target) (*tagSet, error) {
	e, payload, err := c.load(t.cacheKey(kindTags))
	if err != nil {
		return nil, err
	}
	var users map[string][][2]string
	if err := json.Unmarshal(payload, &users); err != nil {
		return nil, fmt.Errorf("cache file %s is ignored: %w", e.fileName(), errForeign)
	}
	set := &tagSet{byARN: make(map[string]*column.HStore, len(users)), read: e.Generated}
	for arn, list := range users {
		pairs := make([]column.Pair, len(list))
		for i, p := range list {
			pairs[i] = column.Pair{Key: p[0], Value: p[1]}
		}
		set.byARN[arn] = column.NewHStore(pairs)
	}
	return set, nil
}

// knownAccount is a target as a list of accounts keeps it.
type knownAccount struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`
	Partition string `json:"partition"`
	Source    string `json:"source"`
	Caller    string `json:"caller"`
	Skipped   string `json:"skipped,omitempty"`
}

// storeAccounts keeps what a discovery found, for offline use.
func (c *cache) storeAccounts(source string, f found, now time.Time) error {
	if c == nil {
		return nil
	}
	var list []knownAccount
	for _, t := range f.targets {
		if t.failed == nil {
			list = append(list, knownAccount{t.id, t.name, t.partition, t.source, t.caller, t.skipped})
		}
	}
	payload, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("write account list: %w", err)
	}
	return c.store(CacheEntry{Kind: kindAccounts, Endpoint: f.endpoint, Source: source, Caller: f.caller, Generated: now}, payload)
}

// loadAccounts gives the accounts that the last discovery of a source found, and when.
func (c *cache) loadAccounts(endpoint, source string) (found, time.Time, error) {
	e, payload, err := c.load(CacheEntry{Kind: kindAccounts, Endpoint: endpoint, Source: source})
	if err != nil {
		return found{}, time.Time{}, err
	}
	var list []knownAccount
	if err := json.Unmarshal(payload, &list); err != nil {
		return found{}, time.Time{}, fmt.Errorf("cache file %s is ignored: %w", e.fileName(), errForeign)
	}
	f := found{caller: e.Caller, endpoint: endpoint}
	for _, a := range list {
		f.targets = append(f.targets, &target{id: a.ID, name: a.Name, partition: a.Partition, source: a.Source, endpoint: endpoint, caller: a.Caller, skipped: a.Skipped})
	}
	return f, e.Generated, nil
}

// ListCache gives what a cache folder holds, newest first, with notices about files that are not what they should be. A
// folder that does not exist is an empty one.
func ListCache(dir string) ([]CacheEntry, []tables.Notice, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	var entries []CacheEntry
	var notices []tables.Notice
	for _, file := range files {
		if !isCacheFile(file) || strings.HasPrefix(file.Name(), ".new-") {
			continue
		}
		path := filepath.Join(dir, file.Name())
		data, err := readCacheFile(path)
		var e CacheEntry
		if err == nil {
			e, _, err = decodeCacheFile(data)
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue // another process has cleared it
		}
		if err != nil {
			notices = append(notices, tables.Notice{Message: fmt.Sprintf("cache file %s is ignored: %v", path, err)})
			continue
		}
		e.Path, e.Size = path, int64(len(data))
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b CacheEntry) int { return b.Generated.Compare(a.Generated) })
	return entries, notices, nil
}

// ClearCache removes the cache files of a folder and says how many there were. Other files stay, and so does the folder.
func ClearCache(dir string) (int, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n := 0
	for _, file := range files {
		if !isCacheFile(file) {
			continue
		}
		switch err := os.Remove(filepath.Join(dir, file.Name())); {
		case err == nil:
			n++
		case !errors.Is(err, fs.ErrNotExist):
			return n, err
		}
	}
	return n, nil
}
