package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// usersEach is how many users each account of a world has, beside root.
const usersEach = 5

func accountID(i int) string { return fmt.Sprintf("%012d", 100000000001+i) }

// organizationOf has n accounts with an hour old report each; the first of them is the management account.
func organizationOf(n int) awssim.Organization {
	org := awssim.Organization{ID: "o-test000001", Management: accountID(0), Root: "r-test"}
	for i := range n {
		org.Accounts = append(org.Accounts, awssim.Account{
			ID: accountID(i), Name: fmt.Sprintf("account-%d", i), Population: usersEach, Report: awssim.Existing{Present: true, Age: time.Hour},
		})
	}
	return org
}

// world is a simulated organization that the command reads in this process.
type world struct {
	sim      *awssim.Sim
	cacheDir string
}

// newWorld simulates an organization. It must be made where the clock of the test is.
func newWorld(org awssim.Organization) *world {
	w := &world{sim: awssim.New(awssim.Options{Organization: org, Clock: time.Now, GenerationTime: 3 * time.Second})}
	w.sim.Credentials(org.Management)
	return w
}

// signIn puts the credentials of a world's management account, the same in each, where the SDK looks for them, and takes away
// whatever else it could find. It changes the environment, so such tests do not run beside others.
func signIn(t *testing.T) {
	t.Helper()
	org := organizationOf(1)
	id, secret := newWorld(org).sim.Credentials(org.Management)
	none := t.TempDir() + "/none"
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "", "AWS_REGION": "us-east-1",
		"AWS_CONFIG_FILE": none, "AWS_SHARED_CREDENTIALS_FILE": none, "AWS_EC2_METADATA_DISABLED": "true", "AWS_CA_BUNDLE": "",
		"AWS_ENDPOINT_URL": "",
	} {
		t.Setenv(name, value)
	}
}

// ran is what a run of the command came to.
type ran struct {
	code        int
	out, errOut string
	took        time.Duration
}

func (w *world) run(ctx context.Context, args ...string) ran {
	var out, errOut bytes.Buffer
	streams := IO{
		In: strings.NewReader(""), Out: &out, Err: &errOut, Env: func(string) (string, bool) { return "", false },
		Clock: time.Now, Transport: w.sim.Transport(), CacheDir: w.cacheDir,
	}
	start := time.Now()
	code := Main(ctx, args, streams)
	return ran{code, out.String(), errOut.String(), time.Since(start)}
}

// rows reads the output of -o jsonl.
func (r ran) rows(t *testing.T) []map[string]any {
	t.Helper()
	var rows []map[string]any
	d := json.NewDecoder(strings.NewReader(r.out))
	for {
		var row map[string]any
		if err := d.Decode(&row); err == io.EOF {
			return rows
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, r.out)
		}
		rows = append(rows, row)
	}
}
