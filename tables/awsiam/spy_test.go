package awsiam

import (
	"net/http"
	"strings"
	"sync"
)

// secretSpy notes the session tokens and signatures that go by.
type secretSpy struct {
	next http.RoundTripper
	mu   sync.Mutex
	told []string
}

func (s *secretSpy) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	if token := r.Header.Get("X-Amz-Security-Token"); token != "" {
		s.told = append(s.told, token)
	}
	if _, signature, ok := strings.Cut(r.Header.Get("Authorization"), "Signature="); ok {
		s.told = append(s.told, signature)
	}
	s.mu.Unlock()
	return s.next.RoundTrip(r)
}

func (s *secretSpy) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.told...)
}
