package cli

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// motoEnv names the address of a moto_server, http://127.0.0.1:port. Its contents are thrown away.
const motoEnv = "CREDSQL_MOTO"

// moto is a moto_server, another implementation of AWS's protocols. It does not look at signatures: whose a call is follows from
// the access key's id.
type moto struct {
	t        *testing.T
	endpoint string
}

// call makes a call of the query protocol, and gives the first match of a pattern in the answer.
func (m moto) call(service, key string, form url.Values, pattern string) string {
	m.t.Helper()
	r, err := http.NewRequestWithContext(m.t.Context(), http.MethodPost, m.endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		m.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return m.send(r, service, key, pattern)
}

// organizations makes a call of the JSON protocol.
func (m moto) organizations(action, body, pattern string) string {
	m.t.Helper()
	r, err := http.NewRequestWithContext(m.t.Context(), http.MethodPost, m.endpoint, strings.NewReader(body))
	if err != nil {
		m.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", "AWSOrganizationsV20161128."+action)
	return m.send(r, "organizations", "testing", pattern)
}

func (m moto) send(r *http.Request, service, key, pattern string) string {
	m.t.Helper()
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+key+"/20260101/us-east-1/"+service+"/aws4_request, SignedHeaders=host, Signature=none")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		m.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		m.t.Fatalf("%s: %v\n%s", answer.Status, err, text)
	}
	found := regexp.MustCompile(pattern).FindSubmatch(text)
	if found == nil {
		m.t.Fatalf("no %s in\n%s", pattern, text)
	}
	return string(found[len(found)-1])
}

// seed makes an organization of two accounts with three users each, and gives what a query must say of them.
func (m moto) seed() (want string) {
	m.t.Helper()
	reset, err := http.Post(m.endpoint+"/moto-api/reset", "", nil)
	if err != nil {
		m.t.Fatal(err)
	}
	_ = reset.Body.Close()
	m.organizations("CreateOrganization", `{"FeatureSet":"ALL"}`, `"Id"`)
	member := m.organizations("CreateAccount", `{"AccountName":"member","Email":"member@example.com"}`, `"AccountId": ?"(\d{12})"`)
	entered := m.call("sts", "testing", url.Values{"Action": {"AssumeRole"}, "Version": {"2011-06-15"},
		"RoleArn": {"arn:aws:iam::" + member + ":role/reader"}, "RoleSessionName": {"seed"}}, `<AccessKeyId>(\w+)<`)
	management := m.call("sts", "testing", url.Values{"Action": {"GetCallerIdentity"}, "Version": {"2011-06-15"}}, `<Account>(\d+)<`)
	of := map[string][]string{}
	for account, key := range map[string]string{management: "testing", member: entered} {
		iam := func(pattern string, args ...string) string {
			form := url.Values{"Version": {"2010-05-08"}, "Action": {args[0]}, "UserName": {args[1]}}
			for i := 2; i < len(args); i += 2 {
				form.Set(args[i], args[i+1])
			}
			return m.call("iam", key, form, pattern)
		}
		iam("<UserName>", "CreateUser", "bare")
		iam("<UserName>", "CreateUser", "console-"+account, "Tags.member.1.Key", "team", "Tags.member.1.Value", "red,blue")
		iam("<UserName>", "CreateLoginProfile", "console-"+account, "Password", "Not-a-real-1")
		iam("<UserName>", "CreateUser", "keys")
		iam("<AccessKeyId>", "CreateAccessKey", "keys")
		second := iam("<AccessKeyId>(\\w+)<", "CreateAccessKey", "keys")
		iam("RequestId", "UpdateAccessKey", "keys", "AccessKeyId", second, "Status", "Inactive")
		of[account] = []string{",bare,false,false,false,", ",console-" + account + `,true,false,false,"red,blue"`, ",keys,false,true,false,"}
	}
	first, last := min(management, member), max(management, member)
	for _, account := range []string{first, last} {
		for _, row := range of[account] {
			want += account + row + "\n"
		}
	}
	return want
}

// TestMoto asks the command, as a user would, about an organization that moto holds.
func TestMoto(t *testing.T) {
	endpoint := os.Getenv(motoEnv)
	if endpoint == "" {
		t.Skip(motoEnv + " names no moto_server")
	}
	signIn(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "testing")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "testing")
	want := moto{t, endpoint}.seed()
	const sql = `SELECT account_id, "user", password_enabled AS pw, access_key_1_active AS k1, access_key_2_active AS k2, tags->'team' AS team
		FROM aws.iam_credential_report WHERE "user" <> '<root_account>' ORDER BY 1, 2`
	var out, errOut strings.Builder
	code := Main(t.Context(), []string{"query", "--org", "--org-role", "reader", "--endpoint", endpoint, "--no-cache", sql}, IO{
		In: strings.NewReader(""), Out: &out, Err: &errOut, Env: func(string) (string, bool) { return "", false }, Clock: time.Now,
	})
	if heading := "account_id,user,pw,k1,k2,team\n"; code != exitOK || out.String() != heading+want {
		t.Errorf("code %d, got\n%s\nexpected\n%s\n%s", code, &out, heading+want, &errOut)
	}
	if !strings.Contains(errOut.String(), fmt.Sprintf("%d of %d accounts", 2, 2)) {
		t.Errorf("standard error:\n%s", &errOut)
	}
}
