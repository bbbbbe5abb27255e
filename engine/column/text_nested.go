package column

import (
	"net/netip"
	"strconv"
	"strings"
)

// AppendInet appends an address as PostgreSQL's inet prints it: the prefix length only if it is not the whole address, and
// the last 32 bits of an IPv6 address in dots where all before them are zero.
func AppendInet(dst []byte, x Inet) []byte {
	addr := x.Addr()
	if !addr.IsValid() {
		return dst
	}
	if last, ok := compatible4(addr); ok {
		dst = append(dst, "::"...)
		dst = last.AppendTo(dst)
	} else {
		dst = addr.AppendTo(dst)
	}
	if x.Bits() != addr.BitLen() {
		dst = append(dst, '/')
		dst = strconv.AppendInt(dst, int64(x.Bits()), 10)
	}
	return dst
}

// compatible4 is the IPv4 tail of an address whose first 96 bits are zero and whose next 16 are not.
func compatible4(addr netip.Addr) (netip.Addr, bool) {
	if !addr.Is6() || addr.Is4In6() {
		return netip.Addr{}, false
	}
	b := addr.As16()
	for _, c := range b[:12] {
		if c != 0 {
			return netip.Addr{}, false
		}
	}
	return netip.AddrFrom4([4]byte(b[12:])), b[12] != 0 || b[13] != 0
}

// AppendHStore appends keys as PostgreSQL's hstore prints them: "k"=>"v", "none"=>NULL.
func AppendHStore(dst []byte, h *HStore) []byte {
	if h == nil {
		return dst
	}
	for i, p := range h.pairs {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendQuoted(dst, p.Key)
		dst = append(dst, "=>"...)
		if p.Null {
			dst = append(dst, "NULL"...)
		} else {
			dst = appendQuoted(dst, p.Value)
		}
	}
	return dst
}

// AppendList appends an array as PostgreSQL prints it: {a,"b c",NULL}. Booleans inside an array are t and f.
func AppendList(dst []byte, l *List) []byte {
	if l == nil {
		return dst
	}
	dst = append(dst, '{')
	for i, item := range l.Items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendItem(dst, item)
	}
	return append(dst, '}')
}

func appendItem(dst []byte, item Value) []byte {
	switch item := item.(type) {
	case nil:
		return append(dst, "NULL"...)
	case bool:
		if item {
			return append(dst, 't')
		}
		return append(dst, 'f')
	case string:
		return appendElement(dst, item)
	case int64, float64:
		return AppendText(dst, item)
	default:
		return appendElement(dst, string(AppendText(nil, item)))
	}
}

func appendElement(dst []byte, s string) []byte {
	if s == "" || strings.ContainsAny(s, "\"\\{}, \t\n\v\f\r") || strings.EqualFold(s, "null") {
		return appendQuoted(dst, s)
	}
	return append(dst, s...)
}

// appendQuoted puts s between double quotes, with a backslash before each quote and backslash.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for {
		i := strings.IndexAny(s, `"\`)
		if i < 0 {
			break
		}
		dst = append(dst, s[:i]...)
		dst = append(dst, '\\', s[i])
		s = s[i+1:]
	}
	dst = append(dst, s...)
	return append(dst, '"')
}
