package funcs

// bitOperators work on the bits of BIGINTs, in two's complement.
func bitOperators() []*Function {
	op := func(sign, doc, sql, want string, overloads ...*Overload) *Function {
		return section{"Numeric"}.entry(Operator, "PostgreSQL", sign, doc, shows(sql, want), overloads)
	}
	return []*Function{
		op("&", "The bits that both have.", "SELECT 91 & 15", "11", pure2("left, right", func(a, b int64) int64 { return a & b })),
		op("|", "The bits that one of both has.", "SELECT 32 | 3", "35", pure2("left, right", func(a, b int64) int64 { return a | b })),
		op("#", "The bits that exactly one of both has.", "SELECT 17 # 5", "20", pure2("left, right", func(a, b int64) int64 { return a ^ b })),
		op("~", "All bits flipped.", "SELECT ~1", "-2", pure1("n", func(n int64) int64 { return ^n })),
		op("<<", "The bits moved to the left, by the number modulo 64.", "SELECT 1 << 4", "16",
			pure2("n, by", func(n, by int64) int64 { return n << (uint64(by) & 63) })),
		op(">>", "The bits moved to the right with the sign kept, by the number modulo 64.", "SELECT 8 >> 2", "2",
			pure2("n, by", func(n, by int64) int64 { return n >> (uint64(by) & 63) })),
	}
}
