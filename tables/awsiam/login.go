package awsiam

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"
)

// login is the right to act in one account: the base credentials themselves, or a role entered with them.
type login struct {
	services *services
	role     *sessionRole // nil: the base credentials
}

// provider gives the credentials for the calls in the account.
func (l *login) provider() aws.CredentialsProvider {
	if l.role != nil {
		return l.role
	}
	return l.services.base
}

func (l *login) forIAM(o *iam.Options)           { o.Credentials = l.provider() }
func (l *login) forSTS(o *sts.Options)           { o.Credentials = l.provider() }
func (l *login) forOrg(o *organizations.Options) { o.Credentials = l.provider() }

// open makes sure that there is a session of the role that lives for the next calls.
func (l *login) open(ctx context.Context, p *patience) *failure {
	if l.role == nil || l.role.alive() {
		return nil
	}
	f := p.do(ctx, "sts:AssumeRole", l.checked(l.role.assume))
	if f != nil && f.denied && f.action != "" && !strings.Contains(f.message, *l.role.input.RoleArn) {
		f.message += " on " + *l.role.input.RoleArn
	}
	return f
}

// checked is a call that gets the base credentials first, so that trouble with them is told from trouble with AWS. They are
// cached: it costs nothing.
func (l *login) checked(call func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := l.services.check(ctx); err != nil {
			return err
		}
		return call(ctx)
	}
}

// drop forgets credentials that AWS says have ended, so that open gets new ones. It says whether there can be new ones.
func (l *login) drop() bool {
	if l.role != nil {
		l.role.forget()
	}
	if cache, ok := l.services.base.(*aws.CredentialsCache); ok {
		cache.Invalidate()
		return true
	}
	return l.role != nil
}

// check gets the base credentials.
func (s *services) check(ctx context.Context) error {
	if s.base == nil {
		return &failure{message: "no credentials are configured", denied: true, hint: hintCredentials}
	}
	_, err := s.base.Retrieve(ctx)
	var sso *ssocreds.InvalidTokenError
	switch {
	case err == nil || ctx.Err() != nil:
		return err
	case errors.As(err, &sso):
		return &failure{message: "the SSO session has ended: sign in again with `aws sso login`", denied: true, cause: err}
	}
	f := &failure{cause: err}
	f.credentials(err)
	return f
}

// sessionRole gives the credentials of an assumed role. Unlike the SDK's provider it does not retry and is not asked in the
// middle of another call, so that a failure is one of sts:AssumeRole and is waited for as such.
type sessionRole struct {
	client  *sts.Client
	base    aws.CredentialsProvider
	input   sts.AssumeRoleInput
	clock   func() time.Time
	mu      sync.Mutex
	current aws.Credentials
}

var _ aws.CredentialsProvider = (*sessionRole)(nil)

const (
	// sessionSeconds is the shortest session that AWS gives: an account takes seconds, and a server asks anew each time.
	sessionSeconds = 900
	// sessionMargin is how much of a session must be left for it to be used.
	sessionMargin = time.Minute
)

func newSessionRole(s *services, cfg *Config, arn string) *sessionRole {
	r := &sessionRole{client: s.sts, base: s.base, clock: cfg.Clock}
	r.input = sts.AssumeRoleInput{RoleArn: aws.String(arn), RoleSessionName: aws.String(cfg.SessionName), DurationSeconds: aws.Int32(sessionSeconds)}
	if cfg.ExternalID != "" {
		r.input.ExternalId = aws.String(cfg.ExternalID)
	}
	return r
}

func (r *sessionRole) alive() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.current.HasKeys() && r.clock().Add(sessionMargin).Before(r.current.Expires)
}

func (r *sessionRole) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current = aws.Credentials{}
}

func (r *sessionRole) assume(ctx context.Context) error {
	out, err := r.client.AssumeRole(ctx, &r.input)
	if err != nil {
		return err
	}
	c := out.Credentials
	if c == nil || !complete(c) {
		return errGarbled
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current = aws.Credentials{
		AccessKeyID: *c.AccessKeyId, SecretAccessKey: *c.SecretAccessKey, SessionToken: *c.SessionToken,
		CanExpire: true, Expires: *c.Expiration, Source: "credsql",
	}
	return nil
}

func complete(c *ststypes.Credentials) bool {
	return c.AccessKeyId != nil && c.SecretAccessKey != nil && c.SessionToken != nil && c.Expiration != nil
}

// Retrieve gives the credentials that open got. It never calls AWS.
func (r *sessionRole) Retrieve(context.Context) (aws.Credentials, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.current.HasKeys() {
		return aws.Credentials{}, errors.New("the role has not been assumed")
	}
	return r.current, nil
}
