package mysqlwire

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
)

// usersFile is a file of users:
//
//	[[user]]
//	name = "auditor"
//	hash = "$2y$12$…"                       # bcrypt, or MySQL's caching_sha2_password or mysql_native_password
//	accounts = ["111122223333"]             # leave out for all
//	certificate = "auditor.example.com"     # leave out for none
type usersFile struct {
	User []struct {
		Name        string    `toml:"name"`
		Hash        string    `toml:"hash"`
		Accounts    *[]string `toml:"accounts"`
		Certificate string    `toml:"certificate"`
	} `toml:"user"`
}

// accountID is what an account id looks like.
var accountID = regexp.MustCompile(`^\d{12}$`)

// ParseUsers reads a file of users. Passwords stand in it as hashes only. A key that it does not know is an error: a misspelt
// "accounts" must not open all of them.
func ParseUsers(r io.Reader) ([]User, error) {
	var f usersFile
	meta, err := toml.NewDecoder(r).Decode(&f)
	if err != nil {
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("%s is not known here; there are name, hash, accounts and certificate", unknown[0])
	}
	var out []User
	for _, u := range f.User {
		user := User{Name: u.Name, Hash: strings.TrimSpace(u.Hash), Certificate: u.Certificate}
		if u.Accounts != nil {
			user.Accounts = append([]string{}, *u.Accounts...) // none of them is not all of them
		}
		for _, id := range user.Accounts {
			if !accountID.MatchString(id) {
				return nil, fmt.Errorf("user %q: %q is not an account id of 12 digits", u.Name, id)
			}
		}
		out = append(out, user)
	}
	return out, nil
}
