package cli

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/tables/awsiam"
)

// liveEnvironment is every flag of a live source as its variable.
var liveEnvironment = map[string]string{
	"CREDSQL_PROFILE": "base", "CREDSQL_EXTERNAL_ID": "agreed", "CREDSQL_SESSION_NAME": "night", "CREDSQL_REGION": "eu-west-1",
	"CREDSQL_ORG": "true", "CREDSQL_ORG_ROLE": "reader", "CREDSQL_ACCOUNT": "111122223333,222233334444", "CREDSQL_EXCLUDE_ACCOUNT": "333344445555",
	"CREDSQL_OU": "ou-demo-secure01", "CREDSQL_EXCLUDE_OU": "ou-demo-left0001", "CREDSQL_MAX_AGE": "2h", "CREDSQL_REFRESH": "true",
	"CREDSQL_NO_TAGS": "true", "CREDSQL_CACHE_DIR": "kept", "CREDSQL_CONCURRENCY": "7", "CREDSQL_CALL_TIMEOUT": "1s",
	"CREDSQL_ACCOUNT_TIMEOUT": "2s", "CREDSQL_FETCH_TIMEOUT": "3s", "CREDSQL_ENDPOINT": "https://localhost:4566",
}

// configOf is the Config that a command line and an environment make.
func configOf(t *testing.T, env map[string]string, args ...string) awsiam.Config {
	t.Helper()
	streams, _, _ := testIO()
	streams.Env = func(name string) (string, bool) { v, set := env[name]; return v, set }
	streams.CacheDir = "caches"
	a := &app{io: streams}
	groups := newRoot(a).PersistentFlags()
	if err := groups.Parse(args); err != nil {
		t.Fatal(err)
	}
	if err := fromEnvironment(groups, streams.Env); err != nil {
		t.Fatal(err)
	}
	if err := a.checkFlags(); err != nil {
		t.Fatal(err)
	}
	cfg, err := a.liveConfig(context.Background(), a.newProgress())
	if err != nil {
		t.Fatal(err)
	}
	cfg.Clock, cfg.Progress = nil, nil
	return cfg
}

// TestLiveConfig: whatever awsiam can be told, flags and variables can tell it.
func TestLiveConfig(t *testing.T) {
	t.Parallel()
	want := awsiam.Config{
		Profiles: []string{"base"}, ExternalID: "agreed", SessionName: "night", Region: "eu-west-1", Org: true, OrgRole: "reader",
		IncludeAccounts: []string{"111122223333", "222233334444"}, ExcludeAccounts: []string{"333344445555"},
		OUs: []string{"ou-demo-secure01"}, ExcludeOUs: []string{"ou-demo-left0001"}, MaxAge: 2 * time.Hour, Refresh: true, NoTags: true,
		CacheDir: "kept", Concurrency: 7, Timeouts: awsiam.Timeouts{Request: time.Second, Account: 2 * time.Second, Total: 3 * time.Second},
		Endpoint: "https://localhost:4566",
	}
	if got := configOf(t, liveEnvironment); !reflect.DeepEqual(got, want) {
		t.Errorf("the environment makes\n%+v, expected\n%+v", got, want)
	}
	var args []string
	for name, value := range liveEnvironment {
		args = append(args, "--"+strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, "CREDSQL_")), "_", "-")+"="+value)
	}
	if got := configOf(t, map[string]string{"CREDSQL_MAX_AGE": "9h", "CREDSQL_PROFILE": "other"}, args...); !reflect.DeepEqual(got, want) {
		t.Errorf("the flags make\n%+v, expected\n%+v", got, want)
	}
	if got := configOf(t, nil, "--role-arn", "arn:aws:iam::111122223333:role/a", "--role-arn", "arn:aws:iam::222233334444:role/b", "--offline"); len(got.RoleARNs) != 2 || !got.Offline || got.CacheDir != "caches/credsql" {
		t.Errorf("%+v", got)
	}
	for _, args := range [][]string{{"--no-cache"}, {"--demo"}} {
		if got := configOf(t, nil, args...); got.CacheDir != "" {
			t.Errorf("%v keeps something in %s", args, got.CacheDir)
		}
	}
}

// TestLiveConfigIsWhole: a field that awsiam.Config gains must get a flag, or be named here.
func TestLiveConfigIsWhole(t *testing.T) {
	t.Parallel()
	ours := map[string]bool{"Transport": true, "MFAToken": true, "Clock": true, "Logger": true, "Progress": true, "RoleARNs": true, "Offline": true}
	cfg := reflect.ValueOf(configOf(t, liveEnvironment))
	for i := range cfg.NumField() {
		if f := cfg.Type().Field(i); f.IsExported() && !ours[f.Name] && cfg.Field(i).IsZero() {
			t.Errorf("no flag sets awsiam.Config.%s", f.Name)
		}
	}
}
