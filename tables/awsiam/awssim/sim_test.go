package awssim

import (
	"context"
	"encoding/csv"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

const testAccount = "100000000001"

func testOrganization() Organization {
	return Organization{
		ID: "o-test000001", Management: testAccount, Root: "r-test",
		Accounts: []Account{
			{ID: testAccount, Name: "one", Population: 7},
			{ID: "100000000002", Name: "two", Population: 3, Roles: []string{"audit"}, ExternalID: "agreed"},
			{ID: "100000000003", Name: "three", State: "SUSPENDED"},
		},
	}
}

// client is the SDK's configuration for a simulation, with the key of an account.
func client(s *Sim, account string) aws.Config {
	id, secret := s.Credentials(account)
	return aws.Config{
		Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider(id, secret, ""),
		HTTPClient: roundTripper{s}, Retryer: func() aws.Retryer { return aws.NopRetryer{} },
	}
}

func codeOf(err error) string {
	var e smithy.APIError
	if errors.As(err, &e) {
		return e.ErrorCode()
	}
	return ""
}

// TestReportLifecycle walks through the answers of an account without a report: captured from AWS, and the four-hour rule.
func TestReportLifecycle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		org := testOrganization()
		org.Accounts[0].Lifetime = 24 * time.Hour
		s := New(Options{Organization: org, Clock: time.Now, GenerationTime: 2 * time.Second})
		api := iam.NewFromConfig(client(s, testAccount))
		ctx := t.Context()
		get := func() (*iam.GetCredentialReportOutput, string) {
			out, err := api.GetCredentialReport(ctx, &iam.GetCredentialReportInput{})
			return out, codeOf(err)
		}
		generate := func() iamtypes.ReportStateType {
			out, err := api.GenerateCredentialReport(ctx, &iam.GenerateCredentialReportInput{})
			if err != nil {
				t.Fatal(err)
			}
			return out.State
		}
		expect := func(what string, got, want any) {
			t.Helper()
			if got != want {
				t.Errorf("%s: got %v, expected %v", what, got, want)
			}
		}
		_, code := get()
		expect("get before any", code, "ReportNotPresent")
		expect("generate", generate(), iamtypes.ReportStateTypeStarted)
		_, code = get()
		expect("get at once", code, "ReportInProgress")
		expect("generate again", generate(), iamtypes.ReportStateTypeInprogress)
		time.Sleep(2 * time.Second)
		expect("generate later", generate(), iamtypes.ReportStateTypeComplete)
		first, _ := get()
		time.Sleep(4*time.Hour - time.Second)
		expect("generate within four hours", generate(), iamtypes.ReportStateTypeComplete)
		second, _ := get()
		expect("the bytes", string(second.Content), string(first.Content))
		time.Sleep(2 * time.Second)
		expect("generate after four hours", generate(), iamtypes.ReportStateTypeStarted)
		time.Sleep(2 * time.Second)
		third, _ := get()
		if string(third.Content) == string(first.Content) || !third.GeneratedTime.After(*first.GeneratedTime) {
			t.Error("a new report says the same as the old one")
		}
		time.Sleep(25 * time.Hour)
		_, code = get()
		expect("get after its lifetime", code, "ReportExpired")
		truth, _ := s.TruthAt(testAccount, *third.GeneratedTime)
		expect("the truth then", string(truth.Report), string(third.Content))
	})
}

func TestReportText(t *testing.T) {
	at := time.Date(2026, 9, 11, 13, 14, 52, 0, time.UTC)
	s := New(Options{Clock: func() time.Time { return at }, Organization: Organization{Accounts: []Account{{
		ID: testAccount, Report: Existing{Present: true},
		Root: User{Created: at, Password: Password{Unsupported: true}},
		Users: []User{
			{Name: "b", Created: at, MFA: true, Password: Password{Enabled: true, Changed: at}},
			{Name: "Comma,name", Path: `/a,"b"/`, Created: at, Keys: [2]Key{{}, {Rotated: at, LastUsed: at, Service: "s3"}}, Certs: [2]Cert{{Uploaded: at}}},
			{Name: "a", Created: at, Keys: [2]Key{{Active: true, Rotated: at}}},
		},
	}}}})
	truth, _ := s.Truth(testAccount)
	want := header + `
<root_account>,arn:aws:iam::100000000001:root,2026-09-11T13:14:52Z,not_supported,no_information,not_supported,not_supported,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A
a,arn:aws:iam::100000000001:user/a,2026-09-11T13:14:52Z,false,N/A,N/A,N/A,false,true,2026-09-11T13:14:52Z,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A
b,arn:aws:iam::100000000001:user/b,2026-09-11T13:14:52Z,true,no_information,2026-09-11T13:14:52Z,N/A,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A
"Comma,name","arn:aws:iam::100000000001:user/a,""b""/Comma,name",2026-09-11T13:14:52Z,false,N/A,N/A,N/A,false,false,N/A,N/A,N/A,N/A,false,2026-09-11T13:14:52Z,2026-09-11T13:14:52Z,N/A,s3,false,2026-09-11T13:14:52Z,false,N/A`
	if string(truth.Report) != want {
		t.Errorf("got\n%s\nexpected\n%s", truth.Report, want)
	}
}

func TestWhoMayWhat(t *testing.T) {
	s := New(Options{Organization: testOrganization(), Clock: time.Now})
	ctx := t.Context()
	cfg := client(s, testAccount)
	assume := func(arn, external string) (*sts.AssumeRoleOutput, string) {
		out, err := sts.NewFromConfig(cfg).AssumeRole(ctx, &sts.AssumeRoleInput{RoleArn: &arn, RoleSessionName: aws.String("test"), ExternalId: &external})
		return out, codeOf(err)
	}
	for _, c := range []struct{ arn, external, code string }{
		{"arn:aws:iam::100000000002:role/audit", "agreed", ""},
		{"arn:aws:iam::100000000002:role/audit", "other", "AccessDenied"},
		{"arn:aws:iam::100000000002:role/admin", "agreed", "AccessDenied"},
		{"arn:aws:iam::100000000003:role/audit", "agreed", "AccessDenied"},
		{"arn:aws:iam::100000000009:role/audit", "agreed", "AccessDenied"},
	} {
		if _, code := assume(c.arn, c.external); code != c.code {
			t.Errorf("%s with %s: %q, expected %q", c.arn, c.external, code, c.code)
		}
	}
	out, _ := assume("arn:aws:iam::100000000002:role/audit", "agreed")
	cred := out.Credentials
	session := cfg.Copy()
	session.Credentials = credentials.NewStaticCredentialsProvider(*cred.AccessKeyId, *cred.SecretAccessKey, *cred.SessionToken)
	who, err := sts.NewFromConfig(session).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil || *who.Account != "100000000002" || *who.Arn != "arn:aws:sts::100000000002:assumed-role/audit/test" {
		t.Errorf("the session is %+v, %v", who, err)
	}
	if _, err := organizations.NewFromConfig(session).ListAccounts(ctx, &organizations.ListAccountsInput{}); codeOf(err) != "AccessDeniedException" {
		t.Errorf("a member lists accounts: %v", err)
	}
	summary, err := iam.NewFromConfig(session).GetAccountSummary(ctx, &iam.GetAccountSummaryInput{})
	if err != nil || summary.SummaryMap["Users"] != 3 {
		t.Errorf("summary %v, %v", summary, err)
	}
	s.Expire()
	if _, err := sts.NewFromConfig(session).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}); codeOf(err) != "ExpiredToken" {
		t.Errorf("an ended session: %v", err)
	}
}

func TestSignaturesAreChecked(t *testing.T) {
	now := time.Now()
	s := New(Options{Organization: testOrganization(), Clock: func() time.Time { return now }})
	call := func(change func(*aws.Config)) string {
		cfg := client(s, testAccount)
		change(&cfg)
		_, err := sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
		return codeOf(err)
	}
	id, secret := s.Credentials(testAccount)
	static := func(id, secret, token string) func(*aws.Config) {
		return func(c *aws.Config) { c.Credentials = credentials.NewStaticCredentialsProvider(id, secret, token) }
	}
	for _, c := range []struct {
		name   string
		change func(*aws.Config)
		code   string
	}{
		{"right", func(*aws.Config) {}, ""},
		{"wrong secret", static(id, secret+"x", ""), "SignatureDoesNotMatch"},
		{"unknown key", static("AKIAUNKNOWN", secret, ""), "InvalidClientTokenId"},
		{"a token that is not its", static(id, secret, "token"), "InvalidClientTokenId"},
		{"not signed", func(c *aws.Config) { c.Credentials = aws.AnonymousCredentials{} }, "MissingAuthenticationToken"},
	} {
		if got := call(c.change); got != c.code {
			t.Errorf("%s: %q, expected %q", c.name, got, c.code)
		}
	}
	now = now.Add(time.Hour)
	if got := call(func(*aws.Config) {}); got != "SignatureDoesNotMatch" {
		t.Errorf("an hour late: %q", got)
	}
}

// TestTransportsAgree meets the same faults over a socket and in process.
func TestTransportsAgree(t *testing.T) {
	faults := map[string]Fault{
		"none": {}, "truncated": Truncated, "cut": Cut, "empty": Empty, "reset": Reset, "portal": Portal, "denied": AccessDenied,
		"trickle": {Spoil: SpoilTrickle, Delay: time.Millisecond},
	}
	for name, fault := range faults {
		s := New(Options{Organization: testOrganization(), Clock: time.Now})
		server := httptest.NewServer(s)
		s.Script(Rule{Action: "GetCallerIdentity", Fault: fault})
		ask := func(cfg aws.Config) (string, bool) {
			out, err := sts.NewFromConfig(cfg).GetCallerIdentity(context.Background(), &sts.GetCallerIdentityInput{})
			if err != nil {
				return codeOf(err), false
			}
			return aws.ToString(out.Arn), true
		}
		inside := client(s, testAccount)
		outside := inside.Copy()
		outside.HTTPClient, outside.BaseEndpoint = wholeAnswers{server.Client()}, aws.String(server.URL)
		a, okA := ask(inside)
		b, okB := ask(outside)
		if a != b || okA != okB {
			t.Errorf("%s: in process %q %v, over a socket %q %v", name, a, okA, b, okB)
		}
		server.Close()
	}
}

func TestThrottle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Organization: testOrganization(), Clock: time.Now, Rate: 2})
		api := iam.NewFromConfig(client(s, testAccount))
		count := func() (passed int) {
			for range 10 {
				if _, err := api.GetAccountSummary(t.Context(), &iam.GetAccountSummaryInput{}); err == nil {
					passed++
				} else if codeOf(err) != "Throttling" {
					t.Fatal(err)
				}
			}
			return passed
		}
		if n := count(); n != 2 {
			t.Errorf("%d calls passed at once", n)
		}
		time.Sleep(time.Second)
		if n := count(); n != 2 {
			t.Errorf("%d calls passed a second later", n)
		}
	})
}

// TestDemoIsSound sees that the demonstration's users could be: nothing happens before it can, names are legal and unique.
func TestDemoIsSound(t *testing.T) {
	now := time.Date(2026, 11, 23, 15, 4, 5, 0, time.UTC)
	org := Demo(now)
	users := 0
	for _, a := range org.Accounts {
		users += len(a.Users)
		seen := map[string]bool{}
		for _, u := range append([]User{a.Root}, a.Users...) {
			if seen[strings.ToLower(u.Name)] || len(u.Name) > 64 || len(u.Tags) > 50 {
				t.Errorf("%s: user %q is there twice, too long or has %d tags", a.ID, u.Name, len(u.Tags))
			}
			seen[strings.ToLower(u.Name)] = true
			checkUser(t, a.ID, u, now)
		}
	}
	if len(org.Accounts) != 12 || users < 580 || users > 640 {
		t.Errorf("%d accounts, %d users", len(org.Accounts), users)
	}
	again := New(Options{Organization: Demo(now.Add(3 * time.Hour)), Clock: func() time.Time { return now }})
	once := New(Options{Organization: org, Clock: func() time.Time { return now }})
	for _, id := range once.Accounts() {
		a, _ := once.TruthAt(id, now)
		b, _ := again.TruthAt(id, now)
		if string(a.Report) != string(b.Report) {
			t.Errorf("account %s differs within a day", id)
		}
		if _, err := csv.NewReader(strings.NewReader(string(a.Report))).ReadAll(); err != nil {
			t.Errorf("account %s: %v", id, err)
		}
	}
}

func checkUser(t *testing.T, account string, u User, now time.Time) {
	t.Helper()
	bad := func(what string) { t.Errorf("%s: user %q: %s: %+v", account, u.Name, what, u) }
	if u.Created.IsZero() || u.Created.After(now) {
		bad("creation")
	}
	p := u.Password
	if p.Changed.Before(u.Created) && !p.Changed.IsZero() || p.Changed.After(now) || p.LastUsed.After(now) || !p.LastUsed.IsZero() && p.LastUsed.Before(p.Changed) && u.Name != "" && p.LastUsed.Before(u.Created) {
		bad("password")
	}
	for _, k := range u.Keys {
		switch {
		case k.Rotated.IsZero() && (k.Active || !k.LastUsed.IsZero()):
			bad("a key that does not exist is used")
		case !k.Rotated.IsZero() && (k.Rotated.Before(u.Created) || k.Rotated.After(now)):
			bad("key creation")
		case !k.LastUsed.IsZero() && (k.LastUsed.Before(k.Rotated.Truncate(time.Minute)) || k.LastUsed.After(now) || k.Service == ""):
			bad("key use")
		}
	}
}
