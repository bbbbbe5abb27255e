package awsiam

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sts"
	"golang.org/x/sync/errgroup"
)

// discovery finds the accounts that a Config means.
type discovery struct {
	cfg     *Config
	clients *clientMaker
	calls   *patience
	listed  func(n int) // told how many accounts have been found
}

// identity is who some credentials belong to.
type identity struct {
	arn, account, partition string
}

// found is the result of a discovery.
type found struct {
	targets []*target
	// caller is the ARN whose credentials enter the accounts, and endpoint where that was asked; of the first profile, if
	// there are several.
	caller, endpoint string
}

// run finds the accounts. A failure is one of everything: of a single profile or account it is in its target.
func (d *discovery) run(ctx context.Context) (found, *failure) {
	switch {
	case d.cfg.Org:
		return d.organization(ctx)
	case len(d.cfg.RoleARNs) > 0:
		return d.roles(ctx)
	case len(d.cfg.Profiles) > 0:
		return d.profiles(ctx)
	}
	t := d.own(ctx, "", "default credentials")
	return found{[]*target{t}, t.caller, t.endpoint}, t.failed
}

// own is the account that a profile's credentials belong to.
func (d *discovery) own(ctx context.Context, profile, source string) *target {
	t := &target{source: source}
	l, who, f := d.enter(ctx, profile, "")
	if f != nil {
		t.failed = f
		return t
	}
	t.id, t.partition, t.endpoint, t.caller, t.login = who.account, who.partition, l.services.endpoint, who.arn, l
	return t
}

// enter loads a profile's credentials and asks whose they are.
func (d *discovery) enter(ctx context.Context, profile, partition string) (*login, identity, *failure) {
	var s *services
	f := d.calls.do(ctx, "", func(ctx context.Context) (err error) {
		s, err = d.clients.load(ctx, profile, partition)
		return err
	})
	if f != nil {
		f.denied = true
		return nil, identity{}, f
	}
	// Getting credentials can mean asking a person for a code: that takes longer than a request may. The place is given up
	// before another is taken, or profiles that hold all places would wait for each other.
	d.calls.release()
	asking := d.calls.another()
	defer asking.release()
	asking.timeout = d.cfg.Timeouts.Total
	if f := asking.do(ctx, "", s.check); f != nil {
		return nil, identity{}, f
	}
	asking.release()
	l := &login{services: s}
	who, f := d.identify(ctx, l)
	return l, who, f
}

// identify asks STS whose the credentials are. It needs no permission.
func (d *discovery) identify(ctx context.Context, l *login) (identity, *failure) {
	var who identity
	f := renewing(ctx, l, d.calls, "sts:GetCallerIdentity", func(ctx context.Context) error {
		out, err := l.services.sts.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}, l.forSTS)
		if err != nil {
			return err
		}
		if out.Arn == nil || out.Account == nil || !accountPattern().MatchString(*out.Account) {
			return errGarbled
		}
		parts := strings.SplitN(*out.Arn, ":", 3)
		if len(parts) != 3 || parts[0] != "arn" {
			return errGarbled
		}
		who = identity{stableCaller(*out.Arn), *out.Account, parts[1]}
		return nil
	})
	return who, f
}

// madeUpSession is a role session's name that an SDK made up: another one every time.
var madeUpSession = regexp.MustCompile(`(:assumed-role/[^/]+)/(aws-go-sdk-|botocore-session-|aws-sdk-|AWSCLI-Session|web-identity-token-)?[0-9]{6,}$`)

// stableCaller is a caller's ARN without a session name that an SDK made up, so that the cache knows the caller again.
func stableCaller(arn string) string { return madeUpSession.ReplaceAllString(arn, "$1") }

// renewing makes a call, and once more with new credentials if AWS says that they have expired.
func renewing(ctx context.Context, l *login, p *patience, action string, call func(context.Context) error) *failure {
	if f := l.open(ctx, p); f != nil {
		return f
	}
	f := p.do(ctx, action, l.checked(call))
	if f == nil || f.remedy != renew || !l.drop() {
		return f
	}
	if f := l.open(ctx, p); f != nil {
		return f
	}
	return p.do(ctx, action, l.checked(call))
}

// profiles are several profiles, each an account. They are asked at once.
func (d *discovery) profiles(ctx context.Context) (found, *failure) {
	targets := make([]*target, len(d.cfg.Profiles))
	var group errgroup.Group
	for i, name := range d.cfg.Profiles {
		group.Go(func() error {
			own := *d
			own.calls = d.calls.another()
			defer own.calls.release()
			targets[i] = own.own(ctx, name, "profile "+name)
			return nil
		})
	}
	_ = group.Wait() // failures are in the targets
	if len(targets) == 1 && targets[0].failed != nil {
		return found{}, targets[0].failed
	}
	return found{distinct(targets), targets[0].caller, targets[0].endpoint}, nil
}

// roles are roles to assume, each in an account.
func (d *discovery) roles(ctx context.Context) (found, *failure) {
	first, err := parseRoleARN(d.cfg.RoleARNs[0])
	if err != nil {
		return found{}, &failure{message: err.Error(), cause: err}
	}
	l, who, f := d.enter(ctx, d.cfg.base(), first.partition)
	if f != nil {
		return found{}, f
	}
	var targets []*target
	for _, arn := range d.cfg.RoleARNs {
		role, err := parseRoleARN(arn)
		if err != nil {
			return found{}, &failure{message: err.Error(), cause: err}
		}
		t := d.member(l, who, arn)
		t.id, t.partition = role.account, role.partition
		if role.partition != who.partition {
			t.failed = &failure{denied: true, message: fmt.Sprintf("the role is in the partition %s, the credentials are of %s", role.partition, who.partition)}
		}
		targets = append(targets, t)
	}
	return found{distinct(targets), who.arn, l.services.endpoint}, nil
}

// member is an account entered through a role.
func (d *discovery) member(l *login, who identity, arn string) *target {
	return &target{
		source: "role " + arn, endpoint: l.services.endpoint, caller: who.arn, partition: who.partition,
		login: &login{services: l.services, role: newSessionRole(l.services, d.cfg, arn)},
	}
}
