package reportgen

import (
	"fmt"
	"time"
)

// makers make the users of one sample report.
type makers struct {
	r      random
	sample *Sample
	taken  map[string]bool
}

// The people and jobs of the samples are made up.
var (
	sampleFirst    = []string{"alder", "birch", "cedar", "dahlia", "elm", "fern", "ginger", "hazel", "iris", "juniper", "laurel", "maple", "olive", "poppy", "rowan", "sage", "tansy", "violet", "willow", "yarrow"}
	sampleLast     = []string{"brook", "cliff", "dale", "fell", "glen", "heath", "isle", "lake", "marsh", "moor", "pond", "ridge", "shore", "vale", "wood"}
	sampleJobs     = []string{"backup", "build", "deploy", "export", "import", "mailer", "metrics", "nightly", "reports", "sync"}
	sampleStages   = []string{"prod", "test", "dev"}
	samplePaths    = []string{"/", "/", "/", "/staff/", "/staff/eu/"}
	globalServices = []string{"s3", "s3", "cloudfront"}
	regionServices = []string{"ec2", "sts", "iam", "ecr", "logs", "cloudwatch", "redshift", "glue", "sqs"}
	sampleRegions  = []string{"us-east-1", "us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"}
	govRegions     = []string{"us-gov-west-1", "us-gov-east-1"}
	chinaRegions   = []string{"cn-north-1", "cn-northwest-1"}
)

// users are root, the sample's own users, and as many others as it wants.
func (m *makers) users() []user {
	m.taken = map[string]bool{}
	users := []user{m.sample.root(m)}
	if m.sample.extra != nil {
		users = append(users, m.sample.extra(m)...)
	}
	for i := len(users) - 1; i < m.sample.Users; i++ {
		users = append(users, kinds[i%len(kinds)](m))
	}
	return users
}

// kinds are the states a user can be in; a sample takes them in turn.
var kinds = []func(*makers) user{
	(*makers).consoleWithMFA, (*makers).service, (*makers).consoleWithoutMFA, (*makers).staleKey, (*makers).consoleWithMFA,
	(*makers).neverSignedIn, (*makers).service, (*makers).keyNeverUsed, (*makers).dormantConsole, (*makers).twoKeys,
	(*makers).consoleAndKey, (*makers).inactiveKey, (*makers).nothing, (*makers).mfaWithoutPassword, (*makers).service,
	(*makers).certificates, (*makers).slotsReversed, (*makers).passwordRemoved, (*makers).newJoiner, (*makers).consoleWithMFA,
}

func (m *makers) ago(days int) int64 {
	at := m.sample.Generated.Add(-time.Duration(days) * 24 * time.Hour).Unix()
	return at - int64(m.r.below(day))
}

// firstIAM is when IAM began to be used.
var firstIAM = time.Date(2011, 6, 1, 0, 0, 0, 0, time.UTC).Unix()

// joined is when a user was created: so many days ago, but not before there was IAM.
func (m *makers) joined(from, to int) int64 {
	return max(m.sometime(from, to), firstIAM+int64(m.r.below(300*day)))
}

// sometime is between so many and so many days ago.
func (m *makers) sometime(from, to int) int64 { return m.ago(from + m.r.below(to-from)) }

// minute cuts to a whole minute: key uses have no seconds.
func minute(unix int64) int64 { return unix - unix%60 }

// unique gives a name that the report does not have, ignoring case.
func (m *makers) unique(name string) string {
	base := name
	for i := 2; m.taken[name]; i++ {
		name = fmt.Sprintf("%s%d", base, i)
	}
	m.taken[name] = true
	return name
}

func (m *makers) person() user {
	name := m.r.pick(sampleFirst) + "." + m.r.pick(sampleLast)
	if m.r.percent(10) {
		name += "@example.com"
	}
	return user{name: m.unique(name), path: m.r.pick(samplePaths), created: m.joined(200, 2500)}
}

func (m *makers) job() user {
	return user{
		name: m.unique(m.r.pick(sampleJobs) + "-" + m.r.pick(sampleStages)), path: "/service/", created: m.joined(400, 3000),
	}
}

// signIn gives a password that was last used so many days ago, at most.
func (m *makers) signIn(u *user, from, to int) {
	u.password = password{enabled: true, used: m.sometime(from, to), changed: u.created + int64(m.r.below(100*day))}
	if m.sample.policy > 0 {
		u.password.changed = m.sometime(1, int(m.sample.policy))
		u.password.next = u.password.changed + m.sample.policy*day
	}
}

// newKey is a key of an age in days.
func (m *makers) newKey(active bool, from, to int) key {
	return key{active: active, created: m.sometime(from, to)}
}

// use marks a key as used so many days ago. A service without regions leaves the region N/A.
func (m *makers) use(k *key, from, to int) {
	k.used = minute(max(m.sometime(from, to), k.created+60))
	if m.r.percent(30) {
		k.service = m.r.pick(globalServices)
		return
	}
	k.service = m.r.pick(regionServices)
	switch m.sample.Partition {
	case "aws-us-gov":
		k.region = m.r.pick(govRegions)
	case "aws-cn":
		k.region = m.r.pick(chinaRegions)
	default:
		k.region = m.r.pick(sampleRegions)
	}
}
