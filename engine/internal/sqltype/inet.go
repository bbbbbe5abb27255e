package sqltype

import (
	"net/netip"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// ParseInet reads an IPv4 or IPv6 address with an optional prefix length; bits after the prefix are kept. IPv4 addresses are
// written in full: PostgreSQL also reads 10/8 and numbers with leading zeros, which elsewhere mean something else.
func ParseInet(text string) (column.Inet, error) {
	host, prefix, hasPrefix := strings.Cut(text, "/")
	addr, err := netip.ParseAddr(host)
	if err != nil || addr.Zone() != "" {
		return column.Inet{}, invalidText("inet", text)
	}
	bits := addr.BitLen()
	if hasPrefix {
		n, after := digits(prefix)
		if n == 0 || n > 3 || after != "" {
			return column.Inet{}, invalidText("inet", text)
		}
		bits = 0
		for _, c := range []byte(prefix) {
			bits = bits*10 + int(c-'0')
		}
	}
	if bits > addr.BitLen() {
		return column.Inet{}, invalidText("inet", text)
	}
	return netip.PrefixFrom(addr, bits), nil
}
