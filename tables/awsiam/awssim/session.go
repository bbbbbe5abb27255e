package awssim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strconv"
	"sync"
	"time"
)

// principal is who signed a request.
type principal struct {
	account string
	arn     string
	secret  string
	token   string    // session token; empty for a long-term key
	expires time.Time // zero: never
}

// sessionTable holds the access keys that the simulation has given out.
type sessionTable struct {
	mu     sync.Mutex
	byKey  map[string]*principal
	count  int
	expiry []string // session keys, oldest first, so that ended ones can be dropped
}

func (t *sessionTable) init() { t.byKey = map[string]*principal{} }

// Credentials are a long-term access key of a user named auditor in an account. They are valid only in this simulation.
func (s *Sim) Credentials(account string) (accessKeyID, secretAccessKey string) {
	p := &principal{account: account, arn: "arn:aws:iam::" + account + ":user/auditor"}
	if a := s.accounts[account]; a != nil {
		p.arn = "arn:" + a.partition() + ":iam::" + account + ":user/auditor"
	}
	id := "AKIA" + derive("id", account, 16)
	p.secret = derive("secret", account, 40)
	s.sessions.mu.Lock()
	defer s.sessions.mu.Unlock()
	s.sessions.byKey[id] = p
	return id, p.secret
}

// open starts a session of an assumed role.
func (t *sessionTable) open(account, arn string, now time.Time, lifetime time.Duration) (id string, p *principal) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.drop(now.Add(-lifetime))
	t.count++
	n := strconv.Itoa(t.count)
	id = "ASIA" + derive("session", account+n, 16)
	p = &principal{
		account: account, arn: arn,
		secret:  derive("session secret", account+n, 40),
		token:   "SIMTOKEN" + derive("token", account+n, 50),
		expires: now.Add(lifetime),
	}
	t.byKey[id] = p
	t.expiry = append(t.expiry, id)
	return id, p
}

// Temporary are credentials of a role's session in an account, as an instance, a container or a sign-in gets them.
type Temporary struct {
	AccessKeyID, SecretAccessKey, Token string
	Expires                             time.Time
}

// Session starts a session of a role in an account that lives for so long.
func (s *Sim) Session(account, role string, lifetime time.Duration) Temporary {
	partition := "aws"
	if a := s.accounts[account]; a != nil {
		partition = a.partition()
	}
	id, p := s.sessions.open(account, "arn:"+partition+":sts::"+account+":assumed-role/"+role+"/i-0123456789abcdef0", s.opt.Clock(), lifetime)
	return Temporary{id, p.secret, p.token, p.expires}
}

// drop forgets the sessions that had ended at a moment; younger ones still get the answer ExpiredToken.
func (t *sessionTable) drop(at time.Time) {
	for len(t.expiry) > 0 && t.byKey[t.expiry[0]].expires.Before(at) {
		delete(t.byKey, t.expiry[0])
		t.expiry = t.expiry[1:]
	}
}

// find gives the holder of an access key as it is now, nil if there is none.
func (t *sessionTable) find(id string) *principal {
	t.mu.Lock()
	defer t.mu.Unlock()
	if p := t.byKey[id]; p != nil {
		now := *p
		return &now
	}
	return nil
}

// Expire ends all sessions at once, as when an administrator revokes them.
func (s *Sim) Expire() {
	s.sessions.mu.Lock()
	defer s.sessions.mu.Unlock()
	for _, p := range s.sessions.byKey {
		if p.token != "" {
			p.expires = s.opt.Clock().Add(-time.Second)
		}
	}
}

// derive makes key material that looks like AWS's from a label, always the same.
func derive(label, of string, n int) string {
	mac := hmac.New(sha256.New, []byte("awssim "+label))
	mac.Write([]byte(of))
	sum := mac.Sum(nil)
	if n <= 16 {
		return base32.StdEncoding.EncodeToString(sum)[:n]
	}
	return hex.EncodeToString(sum)[:n]
}
