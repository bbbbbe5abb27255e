package awssim

import "time"

// Organization is the set of accounts and how they hang together. The zero value of every optional field is the ordinary case.
type Organization struct {
	ID         string // "o-demo000001"; empty: the accounts belong to no organization
	Management string // account id of the management account
	Delegated  []string
	Root       string // id of the root, "r-demo"
	OUs        []OU
	Accounts   []Account
}

// OU is an organizational unit.
type OU struct {
	ID, Name string
	Parent   string // id of an OU or of the root
}

// Account is one AWS account.
type Account struct {
	ID        string
	Name      string
	Partition string // default "aws"
	State     string // as Organizations reports it; default "ACTIVE"
	Parent    string // OU or root; default the organization's root

	// Roles are the names of the roles that other accounts may assume; nil: any name.
	Roles []string
	// ExternalID is what AssumeRole must present; empty: nothing.
	ExternalID string
	// Deny lists actions that nobody may do in this account, "iam:GenerateCredentialReport".
	Deny []string

	Root  User
	Users []User
	// Population, when above zero, stands for Users: so many generated users, the same for the same account id, whose
	// last uses move with every report.
	Population int

	// Report is the report that exists at the start.
	Report Existing
	// Lifetime is how long a report can be read after it was generated; zero: for ever.
	Lifetime time.Duration
}

// Existing says whether an account has a report when the simulation begins.
type Existing struct {
	Present bool
	Age     time.Duration
}

// User is one IAM user, or the root user, with what a credential report says about it. A zero time means that the thing never
// happened, or does not exist.
type User struct {
	Name, Path string // path default "/"
	Created    time.Time
	Password   Password
	MFA        bool
	Keys       [2]Key
	Certs      [2]Cert
	Tags       []Tag
}

// Password is a console password.
type Password struct {
	Enabled      bool
	Unsupported  bool // the columns say not_supported, as root's did in old reports and do in GovCloud
	LastUsed     time.Time
	Changed      time.Time
	NextRotation time.Time
}

// Key is an access key slot; it is empty when Rotated is zero.
type Key struct {
	Active          bool
	Rotated         time.Time
	LastUsed        time.Time
	Region, Service string
}

// Cert is a signing certificate slot; it is empty when Uploaded is zero.
type Cert struct {
	Active   bool
	Uploaded time.Time
}

// Tag is one tag of a user.
type Tag struct{ Key, Value string }

func (a *Account) partition() string {
	if a.Partition == "" {
		return "aws"
	}
	return a.Partition
}

func (a *Account) state() string {
	if a.State == "" {
		return "ACTIVE"
	}
	return a.State
}

func (a *Account) denies(action string) bool {
	for _, d := range a.Deny {
		if d == action {
			return true
		}
	}
	return false
}

func (u *User) path() string {
	if u.Path == "" {
		return "/"
	}
	return u.Path
}
