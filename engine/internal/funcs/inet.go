package funcs

import (
	"net/netip"
	"strconv"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// inetFunctions are the functions and operators of addresses, as PostgreSQL has them (manual section 9.12); network() gives INET, as the
// DDSQL reference says, so a network of one address prints without its prefix length.
func inetFunctions() []*Function {
	s := section{"Network (INET)"}
	op := func(sign, doc, example string, f func(a, b column.Inet) bool) *Function {
		return s.entry(Operator, "DDSQL", sign, doc, shows(example, "true"), []*Overload{pure2("left, right", f)})
	}
	return []*Function{
		s.documented("host", "The address without its prefix length.",
			shows("SELECT host(INET '192.168.1.5/24')", "192.168.1.5"), pure1("address", hostText)),
		s.documented("network", "The network of an address: host bits are zero.",
			shows("SELECT network(INET '192.168.1.5/24')", "192.168.1.0/24"), pure1("address", column.Inet.Masked)),
		s.documented("netmask", "The mask of an address's network.",
			shows("SELECT netmask(INET '192.168.1.5/24')", "255.255.255.0"), pure1("address", netmask)),
		s.documented("masklen", "The prefix length.",
			shows("SELECT masklen(INET '192.168.1.5/24')", "24"), pure1("address", func(p column.Inet) int64 { return int64(p.Bits()) })),
		s.documented("broadcast", "The last address of an address's network.",
			shows("SELECT broadcast(INET '192.168.1.5/24')", "192.168.1.255/24"), pure1("address", broadcast)),
		s.documented("family", "4 or 6.",
			shows("SELECT family(INET '::1')", "6"), pure1("address", family)),
		s.beyond("hostmask", "The bits of an address that its network leaves free.",
			shows("SELECT hostmask(INET '192.168.1.5/24')", "0.0.0.255"), pure1("address", hostmask)),
		s.beyond("abbrev", "The address in its shortest text form.",
			shows("SELECT abbrev(INET '10.1.0.0/16')", "10.1.0.0/16"), pure1("address", func(p column.Inet) string { return string(column.AppendText(nil, p)) })),
		s.beyond("text", "The address as text, with its prefix length in any case.",
			shows("SELECT text(INET '10.1.2.3')", "10.1.2.3/32"), pure1("address", func(p column.Inet) string {
				return hostText(p) + "/" + strconv.Itoa(p.Bits())
			})),
		s.beyond("set_masklen", "The address with another prefix length; -1 for the longest.",
			shows("SELECT set_masklen(INET '192.168.1.5/24', 16)", "192.168.1.5/16"), strict2("address, length", setMasklen)),
		s.beyond("inet_same_family", "Whether two addresses are of one family.",
			shows("SELECT inet_same_family(INET '10.0.0.1', INET '::1')", "false"),
			pure2("left, right", func(a, b column.Inet) bool { return family(a) == family(b) })),
		s.beyond("inet_merge", "The smallest network that has both addresses.",
			shows("SELECT inet_merge(INET '192.168.1.5/24', INET '192.168.2.5/24')", "192.168.0.0/22"), strict2("left, right", inetMerge)),
		op("<<", "Whether the left network lies strictly within the right one.", "SELECT INET '10.1.2.3' << INET '10.0.0.0/8'",
			func(a, b column.Inet) bool { return within(a, b) && a.Bits() > b.Bits() }),
		op("<<=", "Whether the left network lies within the right one, or is the same.", "SELECT INET '10.0.0.0/8' <<= INET '10.0.0.0/8'", within),
		op(">>", "Whether the left network strictly contains the right one.", "SELECT INET '10.0.0.0/8' >> INET '10.1.2.3'",
			func(a, b column.Inet) bool { return within(b, a) && b.Bits() > a.Bits() }),
		op(">>=", "Whether the left network contains the right one, or is the same.", "SELECT INET '10.0.0.0/8' >>= INET '10.0.0.0/8'",
			func(a, b column.Inet) bool { return within(b, a) }),
		op("&&", "Whether one network contains the other.", "SELECT INET '10.0.0.0/8' && INET '10.1.2.3'",
			func(a, b column.Inet) bool { return within(a, b) || within(b, a) }),
	}
}

// hostText is an address without its prefix length.
func hostText(p column.Inet) string { return string(column.AppendInet(nil, single(p.Addr()))) }

func family(p column.Inet) int64 {
	if p.Addr().Is4() {
		return 4
	}
	return 6
}

// within says whether a's network is b's or a part of it.
func within(a, b column.Inet) bool {
	return family(a) == family(b) && a.Bits() >= b.Bits() && b.Contains(a.Addr())
}

// bytesOf gives each byte of an address to f with its mask: 255 where the prefix covers it.
func bytesOf(p column.Inet, f func(b, mask byte) byte) netip.Addr {
	raw := p.Addr().AsSlice()
	for i := range raw {
		mask := byte(0)
		if n := p.Bits() - 8*i; n > 0 {
			mask = ^byte(0) << max(8-n, 0)
		}
		raw[i] = f(raw[i], mask)
	}
	addr, _ := netip.AddrFromSlice(raw) // the length is right
	return addr
}

func single(a netip.Addr) column.Inet { return netip.PrefixFrom(a, a.BitLen()) }

func netmask(p column.Inet) column.Inet {
	return single(bytesOf(p, func(_, mask byte) byte { return mask }))
}

func hostmask(p column.Inet) column.Inet {
	return single(bytesOf(p, func(_, mask byte) byte { return ^mask }))
}

func broadcast(p column.Inet) column.Inet {
	return netip.PrefixFrom(bytesOf(p, func(b, mask byte) byte { return b | ^mask }), p.Bits())
}

func setMasklen(_ *Ctx, p column.Inet, n int64) (column.Inet, error) {
	if n == -1 {
		n = int64(p.Addr().BitLen())
	}
	if n < 0 || n > int64(p.Addr().BitLen()) {
		return p, sqlerr.New(sqlerr.CodeInvalidParameter, "invalid mask length: %d", n)
	}
	return netip.PrefixFrom(p.Addr(), int(n)), nil
}

func inetMerge(_ *Ctx, a, b column.Inet) (column.Inet, error) {
	if family(a) != family(b) {
		return a, sqlerr.New(sqlerr.CodeInvalidParameter, "cannot merge addresses from different families")
	}
	bits := min(a.Bits(), b.Bits())
	for ; bits > 0; bits-- {
		if p := netip.PrefixFrom(a.Addr(), bits); p.Contains(b.Addr()) {
			break
		}
	}
	return netip.PrefixFrom(a.Addr(), bits).Masked(), nil
}
