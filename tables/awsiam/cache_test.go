package awsiam

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables"
)

// ask makes a new source, as a new process would, and one snapshot.
func (w *world) ask(t *testing.T, change func(*Config)) tables.Snapshot {
	t.Helper()
	cfg := w.cfg
	if change != nil {
		change(&cfg)
	}
	w.sim.ResetCalls()
	s := newSource(t, cfg)
	defer s.Close()
	return mustSnapshot(t, s, everything)
}

func TestCacheSparesCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(3), nil)
		w.cfg.CacheDir = filepath.Join(t.TempDir(), "cache")
		w.checkTruth(t, w.ask(t, nil))
		w.checkTruth(t, w.ask(t, nil))
		if n := w.sim.Calls("", get) + w.sim.Calls("", "GetAccountAuthorizationDetails") + w.sim.Calls("", assume); n != 0 {
			t.Errorf("%d calls for what is cached", n)
		}
		w.ask(t, func(c *Config) { c.Refresh = true })
		if n := w.sim.Calls("", get); n != 3 {
			t.Errorf("%d reports were asked for with Refresh, expected 3", n)
		}
		w.ask(t, func(c *Config) { c.Endpoint = "https://other.invalid" })
		if n := w.sim.Calls("", get); n != 3 {
			t.Errorf("another endpoint shares the cache: %d reports were asked for", n)
		}
		time.Sleep(3*time.Hour + time.Minute)
		snap := w.ask(t, nil)
		if n := w.sim.Calls("", get); n != 6 {
			t.Errorf("%d times asked for three reports that are too old", n)
		}
		w.checkTruth(t, snap)
	})
}

func TestCacheOfAnotherCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		org := organizationOf(2)
		org.Delegated = []string{accountID(1)}
		w := worldOf(org, nil)
		w.cfg.CacheDir = t.TempDir()
		w.ask(t, nil)
		snap := w.ask(t, func(c *Config) {
			id, secret := w.sim.Credentials(accountID(1))
			c.static = &staticCredentials{id: id, secret: secret, region: "us-east-1"}
		})
		if n := w.sim.Calls("", get); n != 2 {
			t.Errorf("a caller read what another had cached: %d calls for 2 reports", n)
		}
		w.checkTruth(t, snap)
	})
}

func TestOffline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(3), nil)
		w.cfg.CacheDir = t.TempDir()
		offline := func(c *Config) { c.Offline = true }
		cfg := w.cfg
		offline(&cfg)
		s := newSource(t, cfg)
		if _, err := s.Snapshot(t.Context(), everything); err == nil || !strings.Contains(err.Error(), "offline, and the cache knows nothing of this source") {
			t.Errorf("got %v", err)
		}
		s.Close()
		w.ask(t, nil)
		time.Sleep(30 * time.Hour)
		snap := w.ask(t, offline)
		w.checkTruth(t, snap)
		w.checkTags(t, snap)
		for _, action := range []string{"GetCallerIdentity", "ListAccounts", get, assume} {
			if n := w.sim.Calls("", action); n != 0 {
				t.Errorf("offline, and %d calls of %s", n, action)
			}
		}
		got := texts(snap)
		for _, want := range []string{"as arn:aws:iam::" + accountID(0) + ":user/auditor read them", "have reports older than 4h: 31h old, from the cache"} {
			if !strings.Contains(got, want) {
				t.Errorf("the notices lack %q:\n%s", want, got)
			}
		}
		if err := os.Remove(cacheFileOf(t, w.cfg.CacheDir, kindReport, accountID(1))); err != nil {
			t.Fatal(err)
		}
		snap = w.ask(t, offline)
		if a := standingOf(t, snap, accountID(1)); a.State != tables.StateFailed || !hasIncomplete(snap) || !strings.Contains(a.Error, "the cache has no report") {
			t.Errorf("got %+v\n%s", a, texts(snap))
		}
	})
}

func cacheFileOf(t *testing.T, dir, kind, account string) string {
	t.Helper()
	entries, notices, err := ListCache(dir)
	if err != nil || len(notices) > 0 {
		t.Fatal(err, notices)
	}
	for _, e := range entries {
		if e.Kind == kind && e.Account == account {
			return e.Path
		}
	}
	t.Fatalf("no %s of %s is cached", kind, account)
	return ""
}

// TestBadCacheFiles has files that are damaged, foreign or open to others: they are passed over, said, and replaced.
func TestBadCacheFiles(t *testing.T) {
	damage := map[string]func(path string, data []byte) error{
		"checksum is wrong":    func(p string, d []byte) error { d[len(d)-3] ^= 1; return os.WriteFile(p, d, 0o600) },
		"checksum is wrong ":   func(p string, d []byte) error { return os.WriteFile(p, d[:len(d)/2], 0o600) },
		"does not begin as":    func(p string, _ []byte) error { return os.WriteFile(p, nil, 0o600) },
		"does not begin as ":   func(p string, _ []byte) error { return os.WriteFile(p, []byte("user,arn\n"), 0o600) },
		"others could have":    func(p string, _ []byte) error { return os.Chmod(p, 0o644) },
		"not a regular file":   func(p string, _ []byte) error { return errors2(os.Remove(p), os.Mkdir(p, 0o700)) },
		"about something else": swapContents,
	}
	for says, spoil := range damage {
		t.Run(says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := worldOf(organizationOf(2), nil)
				w.cfg.CacheDir = t.TempDir()
				w.ask(t, nil)
				path := cacheFileOf(t, w.cfg.CacheDir, kindReport, accountID(1))
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := spoil(path, data); err != nil {
					t.Fatal(err)
				}
				snap := w.ask(t, nil)
				if n := w.sim.Calls("", get); n != 1 {
					t.Errorf("%d reports were asked for, expected 1", n)
				}
				if got := texts(snap); !strings.Contains(got, strings.TrimSpace(says)) || !strings.Contains(got, path) || hasIncomplete(snap) {
					t.Errorf("notices:\n%s", got)
				}
				w.checkTruth(t, snap)
			})
		})
	}
}

func errors2(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// swapContents puts another account's file, whole and valid, in the place of this one.
func swapContents(path string, _ []byte) error {
	entries, _, err := ListCache(filepath.Dir(path))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Kind == kindReport && e.Path != path {
			other, err := os.ReadFile(e.Path)
			return errors2(err, os.WriteFile(path, other, 0o600))
		}
	}
	return fmt.Errorf("there is no other report beside %s", path)
}

// TestCacheCannotBeWritten has a folder that is none: the answer is whole, and the trouble is said.
func TestCacheCannotBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(2), nil)
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		w.cfg.CacheDir = filepath.Join(file, "cache")
		snap := w.ask(t, nil)
		w.checkTruth(t, snap)
		if got := texts(snap); !strings.Contains(got, "the cache in "+w.cfg.CacheDir+" could not be written: not a directory") {
			t.Errorf("notices:\n%s", got)
		}
	})
}

// TestCacheOfSeveralProcesses has sources write and read one folder at once.
func TestCacheOfSeveralProcesses(t *testing.T) {
	w := worldOf(organizationOf(4), nil)
	w.cfg.CacheDir = t.TempDir()
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			cfg := w.cfg
			cfg.Refresh = i%2 == 0
			s := newSource(t, cfg)
			defer s.Close()
			snap, err := s.Snapshot(context.Background(), everything)
			if err != nil {
				t.Error(err)
				return
			}
			w.checkTruth(t, snap)
			if got := texts(snap); got != "" {
				t.Errorf("notices:\n%s", got)
			}
		})
	}
	group.Wait()
	entries, notices, err := ListCache(w.cfg.CacheDir)
	if err != nil || len(notices) > 0 || len(entries) != 9 {
		t.Errorf("%d entries, expected 4 reports, 4 sets of tags and a list: %v %v", len(entries), notices, err)
	}
}

func TestListAndClearCache(t *testing.T) {
	w := worldOf(organizationOf(2), nil)
	dir := filepath.Join(t.TempDir(), "cache")
	if entries, notices, err := ListCache(dir); len(entries)+len(notices) > 0 || err != nil {
		t.Errorf("a folder that does not exist: %v %v %v", entries, notices, err)
	}
	w.cfg.CacheDir = dir
	w.ask(t, nil)
	other := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(other, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	entries, _, err := ListCache(dir)
	if err != nil || len(entries) != 5 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		info, err := os.Stat(e.Path)
		if err != nil || info.Mode().Perm() != 0o600 || info.Size() != e.Size {
			t.Errorf("%s: mode %v, %v", e.Path, info.Mode(), err)
		}
	}
	if n, err := ClearCache(dir); n != 5 || err != nil {
		t.Errorf("cleared %d files, %v", n, err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Errorf("a foreign file is gone: %v", err)
	}
}

func FuzzCacheFile(f *testing.F) {
	good, err := cacheHead(CacheEntry{Kind: kindReport, Source: "s", Account: "100000000001"}, []byte("payload"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(append(good, "payload"...))
	f.Add([]byte(cacheMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, payload, err := decodeCacheFile(data)
		if err != nil {
			return
		}
		head, err := cacheHead(e, payload)
		if err != nil {
			t.Fatal(err)
		}
		e2, payload2, err := decodeCacheFile(append(head, payload...))
		if err != nil || !e2.sameKey(e) || !bytes.Equal(payload, payload2) {
			t.Errorf("written again: %+v %v", e2, err)
		}
	})
}
