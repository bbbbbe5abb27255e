package reportgen

import (
	"slices"
	"strings"
	"time"
)

// samples are the accounts of examples/reports. Each shows something that real reports do.
func samples() []Sample {
	recent := func(hours int) time.Time { return sampleNow.Add(-time.Duration(hours) * time.Hour) }
	return []Sample{
		// An organization's management account in today's form.
		{Account: "100000000017", Partition: "aws", Users: 72, Generated: recent(1), root: (*makers).rootInUse},
		// Root has an active access key and no MFA.
		{Account: "112233440028", Partition: "aws", Users: 64, Generated: recent(2), root: (*makers).rootWithKey},
		// The form of before July 2024: times with +00:00, root's password not_supported.
		{Account: "123123120039", Partition: "aws", Users: 58, root: (*makers).rootNotSupported,
			Generated: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC), Form: Form{OldTimes: true}},
		// As the AWS command line prints it, with the time of generation.
		{Account: "135791357040", Partition: "aws", Users: 61, Generated: recent(3), root: (*makers).rootUnused, Form: Form{JSON: true}},
		// GovCloud: root has no console sign-in there.
		{Account: "246802468051", Partition: "aws-us-gov", Users: 40, Generated: recent(5), root: (*makers).rootGovCloud},
		// China.
		{Account: "314159265062", Partition: "aws-cn", Users: 33, Generated: recent(5), root: (*makers).rootUnused},
		// The 16 columns of 2014: nothing about the use of keys.
		{Account: "271828182073", Partition: "aws", Users: 21, root: (*makers).rootNotSupported,
			Generated: time.Date(2014, 12, 1, 10, 0, 0, 0, time.UTC), Form: Form{OldTimes: true, Columns: columnsOf2014()}},
		// The 23rd column, for users with more keys or certificates than there are slots.
		{Account: "161803398084", Partition: "aws", Users: 45, Generated: recent(8), root: (*makers).rootUnused,
			extra: (*makers).manyKeys, Form: Form{Columns: append(headerColumns(), "additional_credentials_info")}},
		// Saved by a spreadsheet: byte order mark, CR LF, TRUE and FALSE, a line break at the end.
		{Account: "577215664095", Partition: "aws", Users: 52, Generated: recent(30), root: (*makers).rootInUse,
			Form: Form{BOM: true, CRLF: true, UpperBools: true, FinalBreak: true}},
		// A new member of an organization, whose root user never had credentials.
		{Account: "693147180106", Partition: "aws", Users: 12, Generated: recent(4), root: (*makers).rootWithoutCredentials},
		// Names and paths with commas and quotes, from the command line.
		{Account: "141421356117", Partition: "aws", Users: 47, Generated: recent(6), root: (*makers).rootUnused,
			extra: (*makers).awkwardNames, Form: Form{JSON: true}},
		// Columns in an order of its own, and passwords that expire after 90 days.
		{Account: "173205080128", Partition: "aws", Users: 83, Generated: recent(7), root: (*makers).rootUnused, policy: 90,
			Form: Form{Columns: reversed(headerColumns()), FinalBreak: true}},
	}
}

func columnsOf2014() []string {
	return slices.DeleteFunc(headerColumns(), func(name string) bool { return strings.Contains(name, "_last_used_") })
}

func reversed(names []string) []string {
	slices.Reverse(names)
	return names
}

func (m *makers) root(age int) user {
	u := user{name: root, created: m.ago(age)}
	u.password = password{enabled: true, changed: u.created + 30*day, rotText: notSupported, usedText: "no_information"}
	return u
}

// rootInUse signed in last week.
func (m *makers) rootInUse() user {
	u := m.root(3500)
	u.password.used, u.password.usedText = m.sometime(3, 8), ""
	u.mfa = true
	return u
}

func (m *makers) rootWithKey() user {
	u := m.root(2900)
	u.password.used, u.password.usedText = m.sometime(200, 400), ""
	u.keys[0] = m.newKey(true, 1200, 1300)
	m.use(&u.keys[0], 1, 30)
	return u
}

func (m *makers) rootUnused() user {
	u := m.root(1500)
	u.password.used, u.password.usedText = m.sometime(500, 900), ""
	u.mfa = true
	return u
}

// rootNotSupported is how AWS wrote every root user until root passwords could be removed.
func (m *makers) rootNotSupported() user {
	u := m.root(500)
	u.password.enabledText, u.password.changedText = notSupported, notSupported
	u.password.used, u.password.usedText = m.sometime(100, 300), ""
	u.mfa = m.r.percent(50)
	return u
}

func (m *makers) rootGovCloud() user {
	u := m.root(900)
	u.password = password{enabledText: notSupported, changedText: notSupported, rotText: notSupported}
	return u
}

func (m *makers) rootWithoutCredentials() user {
	u := m.root(45)
	u.password = password{rotText: notSupported}
	return u
}

// manyKeys are users that the 23rd column tells more about.
func (m *makers) manyKeys() []user {
	u := m.twoKeys()
	u.additional = "3 access keys: see ListAccessKeys"
	v := m.certificates()
	v.additional = "4 signing certificates, 3 access keys: see ListSigningCertificates, ListAccessKeys"
	v.keys = [2]key{m.newKey(true, 50, 60), m.newKey(true, 20, 40)}
	return []user{u, v}
}

// awkwardNames are legal in IAM and need quotes in CSV.
func (m *makers) awkwardNames() []user {
	names := []struct{ name, path string }{
		{"brook,fern", "/"}, {"comma", "/a,b/"}, {"sage,lake", `/team "north"/x,y/`}, {"plus+equals=@at", "/"}, {"UPPER.Case", "/Staff/"},
		{"N-A", "/"}, {"quote", `/"/`},
	}
	users := make([]user, len(names))
	for i, n := range names {
		users[i] = kinds[i](m)
		users[i].name, users[i].path = n.name, n.path
	}
	return users
}
