package awssim

import (
	"sync"
	"time"
)

// limitTable is a token bucket for each action of each account, as IAM keeps them.
type limitTable struct {
	mu      sync.Mutex
	buckets map[[2]string]*bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

func (l *limitTable) init() { l.buckets = map[[2]string]*bucket{} }

// take says whether a call may pass.
func (l *limitTable) take(account, action string, now time.Time, rate float64) bool {
	if rate <= 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	key := [2]string{account, action}
	b := l.buckets[key]
	if b == nil {
		b = &bucket{tokens: max(1, rate), at: now}
		l.buckets[key] = b
	}
	b.tokens = min(max(1, rate), b.tokens+rate*now.Sub(b.at).Seconds())
	b.at = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
