package awssim

import "time"

// DemoManagement is the account that the demonstration's caller belongs to.
const DemoManagement = "111122223333"

// DemoRole is the role that the demonstration's members let the management account assume.
const DemoRole = "OrganizationAccountAccessRole"

// Demo is the demonstration organization as of a moment: twelve accounts, some 600 users, and at least one user in every state
// that an audit looks for. One account was invited and has no role to enter by (denied), one may not generate reports and
// has an old one (stale), one is suspended. It is the same for every moment of one day, apart from the ages of the reports.
func Demo(now time.Time) Organization {
	d := demo{today: now.UTC().Truncate(day)}
	org := Organization{
		ID: "o-demo0credsql", Management: DemoManagement, Root: "r-demo",
		OUs: []OU{
			{ID: "ou-demo-secure01", Name: "Security", Parent: "r-demo"},
			{ID: "ou-demo-work0001", Name: "Workloads", Parent: "r-demo"},
			{ID: "ou-demo-prod0001", Name: "Production", Parent: "ou-demo-work0001"},
			{ID: "ou-demo-dev00001", Name: "Development", Parent: "ou-demo-work0001"},
			{ID: "ou-demo-left0001", Name: "Suspended", Parent: "r-demo"},
		},
	}
	for _, a := range d.accounts() {
		a.Roles = []string{DemoRole}
		org.Accounts = append(org.Accounts, a)
	}
	org.Accounts[0].Roles = []string{}            // the creating account never gets the role
	org.Accounts[demoAcquired].Roles = []string{} // nor does an account that was invited
	return org
}

const demoAcquired = 9

func (d demo) accounts() []Account {
	return []Account{
		{ID: DemoManagement, Name: "example-management", Report: aged(50 * time.Minute), Root: d.rootSecured(), Users: d.staff("mg", 14, d.breakGlass())},
		{ID: "222233334444", Name: "security-tooling", Parent: "ou-demo-secure01", Report: aged(12 * time.Minute), Root: d.rootWithout(), Users: d.staff("st", 22, d.auditors())},
		{ID: "333344445555", Name: "log-archive", Parent: "ou-demo-secure01", Report: aged(2 * time.Hour), Root: d.rootWithout(), Users: d.staff("la", 6, nil)},
		{ID: "444455556666", Name: "payments-prod", Parent: "ou-demo-prod0001", Report: aged(95 * time.Minute), Root: d.rootKeyed(), Users: d.staff("pp", 92, d.payments())},
		{ID: "555566667777", Name: "payments-dev", Parent: "ou-demo-dev00001", Report: aged(3 * time.Hour), Root: d.rootUnsecured(), Users: d.staff("pd", 104, d.developers())},
		{ID: "666677778888", Name: "platform-prod", Parent: "ou-demo-prod0001", Report: aged(31 * time.Minute), Root: d.rootSecured(), Users: d.staff("pl", 88, d.machines())},
		{ID: "777788889999", Name: "data-lake", Parent: "ou-demo-prod0001", Report: aged(44 * time.Minute), Root: d.rootUsed(), Users: d.staff("dl", 76, d.oddities())},
		{ID: "888899990000", Name: "mobile-backend", Parent: "ou-demo-prod0001", Report: aged(170 * time.Minute), Root: d.rootWithout(), Users: d.staff("mb", 63, nil)},
		{ID: "999900001111", Name: "sandbox", Parent: "ou-demo-dev00001", Report: aged(5 * time.Minute), Root: d.rootUnsecured(), Users: d.staff("sb", 71, d.newcomers())},
		{ID: "101010101010", Name: "acquired-company", Parent: "r-demo", Report: aged(time.Hour), Root: d.rootUnsecured(), Users: d.staff("ac", 18, nil)},
		{ID: "121212121212", Name: "legacy-datacentre", Parent: "ou-demo-prod0001", Report: aged(31 * time.Hour), Root: d.rootOldReport(), Users: d.staff("lg", 49, d.leftovers()),
			Deny: []string{"iam:GenerateCredentialReport", "iam:GetAccountAuthorizationDetails", "iam:ListUserTags"}},
		{ID: "131313131313", Name: "retired-project", Parent: "ou-demo-left0001", State: "SUSPENDED", Root: d.rootUnsecured()},
	}
}

func aged(d time.Duration) Existing { return Existing{Present: true, Age: d} }

// demo makes users whose histories end at the beginning of a day.
type demo struct{ today time.Time }

// ago is a moment so many days before today, at an hour of the working day.
func (d demo) ago(days int) time.Time {
	return d.today.AddDate(0, 0, -days).Add(9*time.Hour + time.Duration(days*37%480)*time.Minute - day)
}

// The root users: as they should be, and in the ways they should not.

func (d demo) rootSecured() User {
	return User{Created: d.ago(2900), MFA: true, Password: Password{Enabled: true, Changed: d.ago(800), LastUsed: d.ago(410)}}
}

// rootWithout is a new member's root: it starts without any credentials, so "MFA off" is no finding.
func (d demo) rootWithout() User { return User{Created: d.ago(380)} }

func (d demo) rootKeyed() User {
	u := User{Created: d.ago(2500), MFA: true, Password: Password{Enabled: true, Changed: d.ago(2400), LastUsed: d.ago(120)}}
	u.Keys[0] = Key{Active: true, Rotated: d.ago(1700), LastUsed: d.ago(3).Truncate(time.Minute), Service: "s3"}
	return u
}

func (d demo) rootUnsecured() User {
	return User{Created: d.ago(1400), Password: Password{Enabled: true, Changed: d.ago(1400)}}
}

func (d demo) rootUsed() User {
	return User{Created: d.ago(2000), MFA: true, Password: Password{Enabled: true, Changed: d.ago(1990), LastUsed: d.ago(1)}}
}

// rootOldReport is what reports from before 2025 say about root.
func (d demo) rootOldReport() User {
	return User{Created: d.ago(4300), Password: Password{Unsupported: true, LastUsed: d.ago(900)}}
}
