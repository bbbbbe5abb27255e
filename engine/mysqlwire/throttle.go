package mysqlwire

import (
	"sync"
	"time"
)

// The pace of failed logins: a few are free, each further one doubles the wait.
const (
	freeFailures = 5
	maxWait      = time.Minute
	// hostFactor is how many times the failures of one user a whole host may have.
	hostFactor = 10
	// maxThrottled bounds the table; when it is full the oldest is forgotten.
	maxThrottled = 10_000
)

// throttle slows down the guessing of passwords: by host and user, and more leniently by host.
type throttle struct {
	clock func() time.Time
	mu    sync.Mutex
	seen  map[throttleKey]*failures
}

type throttleKey struct{ host, user string }

type failures struct {
	count int
	last  time.Time
}

func newThrottle(clock func() time.Time) *throttle {
	return &throttle{clock: clock, seen: map[throttleKey]*failures{}}
}

// wait is how long a login has to be put off; 0 if it may go on.
func (t *throttle) wait(host, user string) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return max(t.waitOf(throttleKey{host, user}, freeFailures), t.waitOf(throttleKey{host: host}, freeFailures*hostFactor))
}

func (t *throttle) waitOf(key throttleKey, free int) time.Duration {
	f := t.seen[key]
	if f == nil || f.count < free {
		return 0
	}
	pause := maxWait
	if n := f.count - free; n < 6 {
		pause = time.Second << n
	}
	left := f.last.Add(pause).Sub(t.clock())
	if left <= -maxWait {
		delete(t.seen, key) // quiet for long enough: begin anew
	}
	return max(0, left)
}

// failed counts a wrong password.
func (t *throttle) failed(host, user string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range []throttleKey{{host, user}, {host: host}} {
		f := t.seen[key]
		if f == nil {
			t.makeRoom()
			f = &failures{}
			t.seen[key] = f
		}
		f.count++
		f.last = t.clock()
	}
}

// passed forgets the user's failures: only the password's owner gets here.
func (t *throttle) passed(host, user string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, throttleKey{host, user})
}

func (t *throttle) makeRoom() {
	if len(t.seen) < maxThrottled {
		return
	}
	var oldest throttleKey
	var at time.Time
	for key, f := range t.seen {
		if at.IsZero() || f.last.Before(at) {
			oldest, at = key, f.last
		}
	}
	delete(t.seen, oldest)
}
