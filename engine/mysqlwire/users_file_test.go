package mysqlwire

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseUsers(t *testing.T) {
	t.Parallel()
	got, err := ParseUsers(strings.NewReader(`
[[user]]
name = "all"
hash = "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"

[[user]]
name = "some"
hash = "$2y$04$abcdefghijklmnopqrstuu5s3qzgC2bYqyLwhtSZvVXeDT5eTuRaW "
accounts = ["111122223333", "000000000001"]
certificate = "some.example.com"

[[user]]
name = "none"
hash = "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"
accounts = []
`))
	want := []User{
		{Name: "all", Hash: "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"},
		{Name: "some", Hash: "$2y$04$abcdefghijklmnopqrstuu5s3qzgC2bYqyLwhtSZvVXeDT5eTuRaW", Accounts: []string{"111122223333", "000000000001"}, Certificate: "some.example.com"},
		{Name: "none", Hash: "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", Accounts: []string{}},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for text, want := range map[string]string{
		"[[user]]\nname = \"a\"\naccount = [\"111122223333\"]": "user.account is not known here; there are name, hash, accounts and certificate",
		"[[user]]\nname = \"a\"\npassword = \"x\"":             "user.password is not known here; there are name, hash, accounts and certificate",
		"[[user]]\nname = \"a\"\naccounts = [\"1\"]":           `user "a": "1" is not an account id of 12 digits`,
		"[[user": "toml: ",
	} {
		if _, err := ParseUsers(strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzParseUsers(f *testing.F) {
	f.Add("[[user]]\nname = \"a\"\nhash = \"*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19\"\naccounts = [\"111122223333\"]")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ParseUsers(strings.NewReader(text))
		if err != nil {
			return
		}
		users, err := NewUsers(list)
		if err == nil && len(users.Names()) != len(list) {
			t.Errorf("%d users of %d", len(users.Names()), len(list))
		}
	})
}
