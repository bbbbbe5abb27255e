package awsiam

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Config says which accounts to read, with what right, and how. Only Clock is required; the zero value of everything else
// reads the account of the default credentials.
type Config struct {
	// Profiles are names of profiles of the shared AWS configuration; each is an account to read. With RoleARNs or Org, one
	// profile at most, and it only says with whose credentials to enter the accounts. Default: the SDK's credential chain.
	Profiles []string
	// RoleARNs are roles to assume, each the way into an account to read.
	RoleARNs []string
	// ExternalID is presented with every AssumeRole.
	ExternalID string
	// SessionName names the role sessions in CloudTrail. Default "credsql".
	SessionName string
	// Region is where STS is asked. Default: the one configured for the credentials, else the partition's first.
	Region string

	// Org reads every account of the caller's organization. The caller must be in the management account or a delegated
	// administrator's; its own account is read with its own credentials.
	Org bool
	// OrgRole is the name, with path if it has one, of the role to assume in each account. Default "OrganizationAccountAccessRole".
	OrgRole string
	// IncludeAccounts and ExcludeAccounts are account ids: only these, and not these. An excluded account is listed as skipped.
	IncludeAccounts, ExcludeAccounts []string
	// OUs and ExcludeOUs are ids of organizational units ("ou-…") or roots ("r-…"), meant with all that is below them.
	OUs, ExcludeOUs []string

	// MaxAge is how old a report may be. Default 4 hours, which is as often as AWS makes one.
	MaxAge time.Duration
	// Refresh asks AWS although the cache has a report that is young enough.
	Refresh bool
	// Offline reads nothing but the cache, whatever its age.
	Offline bool
	// NoTags never fetches tags.
	NoTags bool

	// Concurrency is the most API calls under way at once. Default 64.
	Concurrency int
	Timeouts    Timeouts

	// CacheDir is the folder of the cache; it is made if it does not exist. Empty: nothing is kept on disk.
	CacheDir string

	// Endpoint replaces the endpoints of all services. Plain http is only for this machine.
	Endpoint string
	// Transport carries the HTTP requests. Default: one that keeps Concurrency connections open, through the proxy that the
	// environment names, trusting AWS_CA_BUNDLE. A given one must see to certificates itself: with it AWS_CA_BUNDLE must be unset.
	Transport http.RoundTripper
	// MFAToken asks the user for the code of an MFA device, for profiles that demand one. Nil: such profiles fail.
	MFAToken func() (string, error)

	// Clock is the time. Required. It decides how old a report is, so it must be the true time even where NOW() is fixed.
	Clock func() time.Time
	// Logger gets what happens in detail, at debug level. Default: nothing is logged.
	Logger *slog.Logger
	// Progress is told how far fetching is, at every change. It is called by one goroutine at a time and must be quick.
	Progress func(Progress)

	// keep is how long AWS gives the same report; rediscover is how often the organization is listed anew. Tests shorten them.
	keep, rediscover time.Duration
	// static takes the place of the credential chain, for the demonstration.
	static *staticCredentials
}

// Timeouts bound the waiting. Zero means the default.
type Timeouts struct {
	Request time.Duration // of one API call; default 30 seconds
	Account time.Duration // of one account, from its first call on; default 5 minutes
	Total   time.Duration // of one Snapshot; default 30 minutes
}

// Progress is how far fetching is.
type Progress struct {
	Listed   int   // accounts found so far
	Accounts int   // accounts to read; 0 while they are still being listed
	Done     int   // accounts read, from AWS or the cache
	Failed   int   // accounts that failed or were denied
	Waiting  int   // accounts waiting for AWS to generate a report or to take calls again
	Rows     int64 // rows read
}

type staticCredentials struct{ id, secret, region string }

const (
	defaultMaxAge      = 4 * time.Hour
	defaultRole        = "OrganizationAccountAccessRole"
	defaultSession     = "credsql"
	defaultConcurrency = 64
	// awsKeeps is how long AWS gives the same report before it makes a new one.
	awsKeeps = 4 * time.Hour
)

// base is the profile whose credentials assume roles; empty: the default chain.
func (c *Config) base() string {
	if len(c.Profiles) > 0 {
		return c.Profiles[0]
	}
	return ""
}

func (c Config) withDefaults() Config {
	setDefault(&c.SessionName, defaultSession)
	setDefault(&c.OrgRole, defaultRole)
	setDefault(&c.MaxAge, defaultMaxAge)
	setDefault(&c.Concurrency, defaultConcurrency)
	setDefault(&c.Timeouts.Request, 30*time.Second)
	setDefault(&c.Timeouts.Account, 5*time.Minute)
	setDefault(&c.Timeouts.Total, 30*time.Minute)
	setDefault(&c.keep, awsKeeps)
	setDefault(&c.rediscover, time.Hour)
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Progress == nil {
		c.Progress = func(Progress) {}
	}
	if c.MFAToken == nil {
		c.MFAToken = func() (string, error) { return "", errors.New("an MFA code is needed and nobody can be asked for it") }
	}
	return c
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

var (
	sessionPattern  = pattern(`^[\w+=,.@-]{2,64}$`)
	rolePattern     = pattern(`^[\w+=,.@/-]{1,576}$`)
	externalPattern = pattern(`^[\w+=,.@:/-]{2,}$`)
	accountPattern  = pattern(`^[0-9]{12}$`)
	unitPattern     = pattern(`^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$`)
)

// validate refuses what cannot work, naming the field.
func (c *Config) validate() error {
	switch {
	case c.Clock == nil:
		return errors.New("awsiam.Config: Clock is required")
	case c.MaxAge < 0:
		return fmt.Errorf("the age limit %s is negative", c.MaxAge)
	case c.Concurrency < 0:
		return fmt.Errorf("the concurrency %d is negative", c.Concurrency)
	case min(c.Timeouts.Request, c.Timeouts.Account, c.Timeouts.Total) < 0:
		return errors.New("a time limit is negative")
	case c.Org && len(c.RoleARNs) > 0:
		return errors.New("an organization and a list of roles cannot be read together: give --org with --org-role, or --role-arn")
	case len(c.Profiles) > 1 && (c.Org || len(c.RoleARNs) > 0):
		return errors.New("with --org or --role-arn one --profile at most can be given: the one whose credentials assume the roles")
	case !c.Org && len(c.OUs)+len(c.ExcludeOUs) > 0:
		return errors.New("organizational units can be chosen only with --org")
	case c.Offline && c.Refresh:
		return errors.New("--offline and --refresh exclude each other")
	case c.Offline && c.CacheDir == "":
		return errors.New("--offline needs a cache folder")
	case !sessionPattern().MatchString(c.SessionName):
		return fmt.Errorf("the session name %q is not valid: 2 to 64 letters, digits and +=,.@-", c.SessionName)
	case !rolePattern().MatchString(c.OrgRole):
		return fmt.Errorf("the role name %q is not valid: give the name, not the ARN", c.OrgRole)
	case c.ExternalID != "" && (len(c.ExternalID) > 1224 || !externalPattern().MatchString(c.ExternalID)):
		return errors.New("the external id is not valid: 2 to 1224 letters, digits and +=,.@:/-")
	}
	return c.validateLists()
}

func (c *Config) validateLists() error {
	for _, arn := range c.RoleARNs {
		if _, err := parseRoleARN(arn); err != nil {
			return err
		}
	}
	for _, ids := range [][]string{c.IncludeAccounts, c.ExcludeAccounts} {
		for _, id := range ids {
			if !accountPattern().MatchString(id) {
				return fmt.Errorf("%q is not an account id: twelve digits", id)
			}
		}
	}
	for _, units := range [][]string{c.OUs, c.ExcludeOUs} {
		for _, id := range units {
			if !unitPattern().MatchString(id) {
				return fmt.Errorf("%q is not the id of an organizational unit (ou-…) or a root (r-…)", id)
			}
		}
	}
	return checkEndpoint(c.Endpoint)
}

// roleARN is a role's ARN, taken apart.
type roleARN struct{ partition, account, role string }

func parseRoleARN(arn string) (roleARN, error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) == 6 && parts[0] == "arn" && parts[1] != "" && parts[2] == "iam" && parts[3] == "" && accountPattern().MatchString(parts[4]) {
		if role, ok := strings.CutPrefix(parts[5], "role/"); ok && rolePattern().MatchString(role) {
			return roleARN{parts[1], parts[4], role}, nil
		}
	}
	return roleARN{}, fmt.Errorf("%q is not the ARN of a role: arn:aws:iam::<12 digits>:role/<name>", arn)
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
