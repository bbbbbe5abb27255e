package awsiam

import (
	"context"
	"maps"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

// motoEnv names the address of a moto_server, http://127.0.0.1:port. Its contents are thrown away.
const motoEnv = "CREDSQL_MOTO"

// seenUser is what a credential report and the IAM API both know of a user.
type seenUser struct {
	MFA, Password bool
	Keys          int // active ones
	Inactive      int
	Tags          map[string]string
}

// TestMoto reads an organization from moto, another implementation of the protocol, and compares users, keys, MFA and tags,
// account by account, with what the IAM API says of each.
func TestMoto(t *testing.T) {
	endpoint := os.Getenv(motoEnv)
	if endpoint == "" {
		t.Skip(motoEnv + " names no moto_server")
	}
	m := newMoto(t, endpoint)
	ids := m.seed(3)
	cfg := Config{
		Org: true, OrgRole: "ReadCredentialReport", Clock: time.Now, Endpoint: endpoint, CacheDir: t.TempDir(),
		static: &staticCredentials{id: "testing", secret: "testing", region: "us-east-1"},
	}
	s := newSource(t, cfg)
	defer s.Close()
	snap := mustSnapshot(t, s, everything)
	if got := len(snap.Coverage().Accounts); got != len(ids) || !snap.Coverage().Complete() || hasIncomplete(snap) {
		t.Fatalf("%d accounts, expected %d:\n%s", got, len(ids), texts(snap))
	}
	for _, id := range ids {
		// moto's reports are all of 2015: AWS is asked once, and then they are what there is.
		if a := standingOf(t, snap, id); a.State != tables.StateStale || a.Rows == 0 {
			t.Errorf("got %+v", a)
		}
		got, want := usersOfReport(t, snap, id), m.users(id)
		if !maps.EqualFunc(got, want, sameUser) {
			t.Errorf("account %s:\n report %+v\n    API %+v", id, got, want)
		}
	}
}

func sameUser(a, b seenUser) bool {
	return a.MFA == b.MFA && a.Password == b.Password && a.Keys == b.Keys && a.Inactive == b.Inactive && maps.Equal(a.Tags, b.Tags)
}

// usersOfReport are an account's users as the table has them.
func usersOfReport(t *testing.T, snap tables.Snapshot, account string) map[string]seenUser {
	t.Helper()
	req := tables.Request{Accounts: []string{account}, Columns: []int{
		credreport.ColUser, credreport.ColAccountID, credreport.ColMFAActive, credreport.ColPasswordEnabled, credreport.ColTags,
		credreport.ColKey1Active, credreport.ColKey1LastRotated, credreport.ColKey2Active, credreport.ColKey2LastRotated,
	}}
	scan, err := snap.Open(t.Context(), credreport.TableReport, req)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]seenUser{}
	for i := range scan.Chunks() {
		b, err := scan.Read(t.Context(), i)
		if err != nil {
			t.Fatal(err)
		}
		for row := range b.N {
			if b.Cols[1].Text(row) != account {
				continue
			}
			u := seenUser{MFA: b.Cols[2].Bool(row), Password: b.Cols[3].Bool(row), Tags: map[string]string{}}
			for slot := 5; slot <= 7; slot += 2 {
				switch {
				case b.Cols[slot].Bool(row):
					u.Keys++
				case !b.Cols[slot+1].IsNull(row):
					u.Inactive++
				}
			}
			tags, _ := b.Cols[4].Value(row).(*column.HStore)
			for _, p := range tags.Pairs() {
				u.Tags[p.Key] = p.Value
			}
			out[b.Cols[0].Text(row)] = u
		}
	}
	return out
}

// users are an account's users as the IAM API has them.
func (m *moto) users(account string) map[string]seenUser {
	ctx, api := context.Background(), m.iam(account)
	list, err := api.ListUsers(ctx, &iam.ListUsersInput{})
	m.check(err)
	out := map[string]seenUser{}
	for _, u := range list.Users {
		seen := seenUser{Tags: map[string]string{}}
		devices, err := api.ListMFADevices(ctx, &iam.ListMFADevicesInput{UserName: u.UserName})
		m.check(err)
		seen.MFA = len(devices.MFADevices) > 0
		_, err = api.GetLoginProfile(ctx, &iam.GetLoginProfileInput{UserName: u.UserName})
		seen.Password = err == nil
		keys, err := api.ListAccessKeys(ctx, &iam.ListAccessKeysInput{UserName: u.UserName})
		m.check(err)
		for _, k := range keys.AccessKeyMetadata {
			if k.Status == "Active" {
				seen.Keys++
			} else {
				seen.Inactive++
			}
		}
		tags, err := api.ListUserTags(ctx, &iam.ListUserTagsInput{UserName: u.UserName})
		m.check(err)
		for _, tag := range tags.Tags {
			seen.Tags[*tag.Key] = *tag.Value
		}
		out[*u.UserName] = seen
	}
	return out
}

// config is the SDK's configuration for moto with some key.
func (m *moto) config(id, secret, token string) aws.Config {
	return aws.Config{
		Region: "us-east-1", BaseEndpoint: aws.String(m.endpoint),
		Credentials: credentials.NewStaticCredentialsProvider(id, secret, token),
	}
}
