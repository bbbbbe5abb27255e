package mysqlwire

import (
	"errors"
	"strconv"

	"github.com/go-mysql-org/go-mysql/mysql"
	"github.com/pingcap/tidb/pkg/parser/auth"
)

// The form of caching_sha2_password's hashes: $A$, rounds in thousands as three hexadecimal digits, $, a salt of 20 bytes, 43 characters
// of digest.
const (
	shaCryptPrefix = "$A$"
	shaCryptSize   = 3 + 3 + 1 + auth.SALT_LENGTH + 43
	// maxRounds is in thousands; MySQL's own limit.
	maxRounds = 0xfff
)

// shaCryptCheck reads a hash of caching_sha2_password.
func shaCryptCheck(hash string) (func(password []byte) bool, error) {
	if len(hash) != shaCryptSize || hash[:3] != shaCryptPrefix || hash[6] != '$' {
		return nil, errors.New("the hash is neither bcrypt ($2b$…), nor caching_sha2_password ($A$005$…), nor mysql_native_password (*…)")
	}
	if rounds, err := strconv.ParseUint(hash[3:6], 16, 16); err != nil || rounds == 0 || rounds > maxRounds {
		return nil, errors.New("the hash's number of rounds is not valid")
	}
	return func(p []byte) bool {
		ok, err := auth.CheckHashingPassword([]byte(hash), string(p), mysql.AUTH_CACHING_SHA2_PASSWORD)
		return ok && err == nil
	}, nil
}
