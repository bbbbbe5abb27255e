package funcs

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// hstoreFunctions are the operators and functions of tag sets, as PostgreSQL's hstore extension defines them. The DDSQL reference
// documents ->, akeys and avals.
func hstoreFunctions() []*Function {
	s := section{"Tags (HSTORE)"}
	return append(hstoreOperators(s),
		s.documented("akeys", "The keys as an array, shorter ones first, then by their bytes.",
			shows(`SELECT akeys('b=>1, a=>2'::hstore)`, "{a,b}"), pure1("tags", akeys).gives(textList)),
		s.documented("avals", "The values as an array, in the order of akeys.",
			shows(`SELECT avals('b=>1, a=>2'::hstore)`, "{2,1}"), pure1("tags", avals).gives(textList)),
		s.beyond("exist", "Whether the tag set has the key, even with a NULL value.",
			shows(`SELECT exist('a=>NULL'::hstore, 'a')`, "true"), pure2("tags, key", hasKey)),
		s.beyond("defined", "Whether the tag set has the key with a value that is not NULL.",
			shows(`SELECT defined('a=>NULL'::hstore, 'a')`, "false"), pure2("tags, key", isDefined)),
		s.beyond("delete", "The tag set without a key, without several keys, or without the pairs that another one has too.",
			shows(`SELECT delete('a=>1, b=>2'::hstore, 'b')`, `"a"=>"1"`),
			pure2("tags, key", withoutKey), pure2("tags, keys", withoutKeys).takes(column.HStoreT, textList), pure2("tags, pairs", withoutPairs)),
		s.beyond("slice", "The part of a tag set that has the given keys.",
			shows(`SELECT slice('a=>1, b=>2'::hstore, ARRAY['b', 'c'])`, `"b"=>"2"`), pure2("tags, keys", slice).takes(column.HStoreT, textList)),
		s.beyond("hstore", "A tag set of one key and value (NULL for a NULL key), of an array of keys and one of their values, or of an array of keys and "+
			"values in turn.",
			shows(`SELECT hstore('a', 'b')`, `"a"=>"b"`, `SELECT hstore(ARRAY['a', 'b'], ARRAY['1', '2'])`, `"a"=>"1", "b"=>"2"`),
			onePair(), keysAndValues(), alternating()),
		s.beyond("hstore_to_json", "The tag set as a JSON object of strings; a NULL value is null.",
			shows(`SELECT hstore_to_json('a=>1'::hstore)`, `{"a": "1"}`),
			pure1("tags", func(h *column.HStore) column.JSONText { return column.JSONText(appendJSONTags(nil, h)) })),
		s.beyond("hstore_to_array", "The keys and values in turn, as an array.",
			shows(`SELECT hstore_to_array('a=>1'::hstore)`, "{a,1}"), pure1("tags", flatten).gives(textList)),
	)
}

var textList = column.ListOf(column.Text)

func hstoreOperators(s section) []*Function {
	op := func(sign, source, doc string, examples []Example, overloads ...*Overload) *Function {
		return s.entry(Operator, source, sign, doc, examples, overloads)
	}
	return []*Function{
		op("->", "DDSQL", "A tag's value, NULL without that tag; with an array of keys, the array of their values.",
			shows(`SELECT 'team=>platform'::hstore -> 'team'`, "platform"),
			partial2("tags, key", value), pure2("tags, keys", values).takes(column.HStoreT, textList).gives(textList)),
		op("?", "PostgreSQL", "Whether the tag set has the key.",
			shows(`SELECT 'a=>1'::hstore ? 'a'`, "true"), pure2("tags, key", hasKey)),
		op("?|", "PostgreSQL", "Whether the tag set has any of the keys.",
			shows(`SELECT 'a=>1'::hstore ?| ARRAY['a', 'b']`, "true"), pure2("tags, keys", hasAny).takes(column.HStoreT, textList)),
		op("?&", "PostgreSQL", "Whether the tag set has all of the keys.",
			shows(`SELECT 'a=>1'::hstore ?& ARRAY['a', 'b']`, "false"), pure2("tags, keys", hasAll).takes(column.HStoreT, textList)),
		op("@>", "PostgreSQL", "Whether the left tag set has every pair of the right one.",
			shows(`SELECT 'a=>1, b=>2'::hstore @> 'a=>1'::hstore`, "true"), pure2("left, right", containsPairs)),
		op("<@", "PostgreSQL", "Whether the right tag set has every pair of the left one.",
			shows(`SELECT 'a=>1'::hstore <@ 'a=>1, b=>2'::hstore`, "true"),
			pure2("left, right", func(a, b *column.HStore) bool { return containsPairs(b, a) })),
		op("||", "PostgreSQL", "Both tag sets; the right one's value wins where both have a key.",
			shows(`SELECT 'a=>1'::hstore || 'a=>2, b=>3'::hstore`, `"a"=>"2", "b"=>"3"`), pure2("left, right", mergePairs)),
		op("-", "PostgreSQL", "The tag set without a key, without several keys, or without equal pairs.",
			shows(`SELECT 'a=>1, b=>2'::hstore - 'b'::varchar`, `"a"=>"1"`),
			pure2("tags, key", withoutKey), pure2("tags, keys", withoutKeys).takes(column.HStoreT, textList), pure2("tags, pairs", withoutPairs)),
	}
}

func value(h *column.HStore, key string) (string, bool) {
	p, ok := h.Get(key)
	return p.Value, ok && !p.Null
}

func values(h *column.HStore, keys *column.List) *column.List {
	out := &column.List{Elem: column.Text, Items: make([]column.Value, len(keys.Items))}
	for i, k := range keys.Items {
		if key, ok := k.(string); ok {
			if v, ok := value(h, key); ok {
				out.Items[i] = v
			}
		}
	}
	return out
}

func akeys(h *column.HStore) *column.List {
	out := &column.List{Elem: column.Text, Items: make([]column.Value, 0, h.Len())}
	for _, p := range h.Pairs() {
		out.Items = append(out.Items, p.Key)
	}
	return out
}

func avals(h *column.HStore) *column.List {
	out := &column.List{Elem: column.Text, Items: make([]column.Value, 0, h.Len())}
	for _, p := range h.Pairs() {
		if p.Null {
			out.Items = append(out.Items, nil)
		} else {
			out.Items = append(out.Items, p.Value)
		}
	}
	return out
}

func hasKey(h *column.HStore, key string) bool {
	_, ok := h.Get(key)
	return ok
}

func isDefined(h *column.HStore, key string) bool {
	_, ok := value(h, key)
	return ok
}

// hasAny and hasAll pass over NULL keys, as hstore does.
func hasAny(h *column.HStore, keys *column.List) bool {
	return slices.ContainsFunc(keys.Items, func(k column.Value) bool { return k != nil && hasKey(h, k.(string)) })
}

func hasAll(h *column.HStore, keys *column.List) bool {
	return !slices.ContainsFunc(keys.Items, func(k column.Value) bool { return k != nil && !hasKey(h, k.(string)) })
}

func containsPairs(a, b *column.HStore) bool {
	for _, p := range b.Pairs() {
		if q, ok := a.Get(p.Key); !ok || q != p {
			return false
		}
	}
	return true
}

func mergePairs(a, b *column.HStore) *column.HStore {
	// The first of two pairs with one key wins, so the right side's come first.
	return column.NewHStore(append(slices.Clone(b.Pairs()), a.Pairs()...))
}

func keep(h *column.HStore, keep func(column.Pair) bool) *column.HStore {
	var out []column.Pair
	for _, p := range h.Pairs() {
		if keep(p) {
			out = append(out, p)
		}
	}
	return column.NewHStore(out)
}

func withoutKey(h *column.HStore, key string) *column.HStore {
	return keep(h, func(p column.Pair) bool { return p.Key != key })
}

func withoutKeys(h *column.HStore, keys *column.List) *column.HStore {
	return keep(h, func(p column.Pair) bool { return !slices.Contains(keys.Items, column.Value(p.Key)) })
}

func withoutPairs(h, other *column.HStore) *column.HStore {
	return keep(h, func(p column.Pair) bool {
		q, ok := other.Get(p.Key)
		return !ok || q != p
	})
}

func slice(h *column.HStore, keys *column.List) *column.HStore {
	return keep(h, func(p column.Pair) bool { return slices.Contains(keys.Items, column.Value(p.Key)) })
}

// onePair is hstore(key, value), where the value may be NULL.
func onePair() *Overload {
	o := overload("key, value", column.HStoreT, column.Text, column.Text)
	o.NullCalled, o.CanFail = true, false
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		key, ok := args[0].(string)
		if !ok {
			return nil, nil
		}
		v, ok := args[1].(string)
		return column.NewHStore([]column.Pair{{Key: key, Value: v, Null: !ok}}), nil
	}
	return o
}

// flatten lists keys and values in turn.
func flatten(h *column.HStore) *column.List {
	out := &column.List{Elem: column.Text, Items: make([]column.Value, 0, 2*h.Len())}
	for _, p := range h.Pairs() {
		out.Items = append(out.Items, p.Key, pairValue(p))
	}
	return out
}

// keysAndValues is hstore(keys, values). Without an array of values every value is NULL.
func keysAndValues() *Overload {
	o := overload("keys, values", column.HStoreT, textList, textList)
	o.NullCalled = true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		keys, ok := args[0].(*column.List)
		if !ok {
			return nil, nil
		}
		values := make([]column.Value, len(keys.Items))
		if list, ok := args[1].(*column.List); ok {
			if len(list.Items) != len(keys.Items) {
				return nil, sqlerr.New(sqlerr.CodeArraySubscript, "arrays must have same bounds")
			}
			values = list.Items
		}
		return pairUp(keys.Items, values)
	}
	return o
}

// alternating is hstore(array) of keys and values in turn.
func alternating() *Overload {
	o := overload("pairs", column.HStoreT, textList)
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		items := args[0].(*column.List).Items
		if len(items)%2 != 0 {
			return nil, sqlerr.New(sqlerr.CodeArraySubscript, "array must have even number of elements")
		}
		var keys, values []column.Value
		for i := 0; i < len(items); i += 2 {
			keys, values = append(keys, items[i]), append(values, items[i+1])
		}
		return pairUp(keys, values)
	}
	return o
}

func pairUp(keys, values []column.Value) (column.Value, error) {
	pairs := make([]column.Pair, len(keys))
	for i, k := range keys {
		key, ok := k.(string)
		if !ok {
			return nil, sqlerr.New(sqlerr.CodeNullNotAllowed, "null value not allowed for hstore key")
		}
		v, ok := values[i].(string)
		pairs[i] = column.Pair{Key: key, Value: v, Null: !ok}
	}
	return column.NewHStore(pairs), nil
}
