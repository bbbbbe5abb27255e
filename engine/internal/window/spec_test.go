package window

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
)

// table is the input of every golden: the same rows that PostgreSQL was given.
type table map[string]*column.Vector

const tableRows = 15

func testTable() table {
	n := column.Value(nil)
	ids := make([]column.Value, tableRows)
	for i := range ids {
		ids[i] = int64(i) + 1
	}
	i := func(x int64) column.Value { return x }
	return table{
		"id": vector(column.Int64, ids...),
		"g":  vector(column.Text, "a", "b", "a", "a", "b", "a", "b", n, "a", "b", "a", "b", n, "a", "b"),
		"k":  vector(column.Int64, i(10), i(20), i(10), i(12), n, n, i(20), i(7), i(15), i(25), n, i(21), i(7), i(16), i(40)),
		"v":  vector(column.Int64, i(5), n, i(3), i(8), i(1), i(7), i(4), i(2), n, i(6), i(9), i(10), i(11), i(12), i(0)),
		"n":  vector(column.Int64, i(5), n, i(3), i(8), i(1), i(7), i(4), i(2), n, i(6), i(9), i(10), i(11), i(12), n),
		"f":  vector(column.Float64, 1.5, 2.25, n, -1.0, 0.5, 3.0, 2.25, 8.0, 4.0, 5.5, 0.25, 1.0, 6.0, 2.0, 9.0),
		"b":  vector(column.Bool, true, false, n, true, true, false, true, true, true, n, true, true, false, true, true),
	}
}

// spec is a window call as a golden writes it.
type spec struct {
	call *plan.WindowCall
	rows *Rows
	in   *Inputs
}

var (
	callForm  = regexp.MustCompile(`^(\w+)\(([^)]*)\)(?: filter \(where (\w+)\))? over \((.*)\)$`)
	overForm  = regexp.MustCompile(`^(?:partition by (\w+))? ?(?:order by (.*?))? ?(?:(rows|range|groups) between (.*) and (.*?)( exclude .*)?)?$`)
	boundKind = map[string]plan.BoundKind{"unbounded preceding": plan.UnboundedPreceding, "current row": plan.CurrentRow,
		"unbounded following": plan.UnboundedFollowing}
	exclusions = map[string]plan.Exclude{"": plan.ExcludeNone, " exclude current row": plan.ExcludeCurrentRow,
		" exclude group": plan.ExcludeGroup, " exclude ties": plan.ExcludeTies}
	modes = map[string]plan.FrameMode{"rows": plan.FrameRows, "range": plan.FrameRange, "groups": plan.FrameGroups}
)

// parse reads a line of a golden.
func (t table) parse(line string) (*spec, error) {
	call, over := callForm.FindStringSubmatch(line), []string(nil)
	if call != nil {
		over = overForm.FindStringSubmatch(call[4])
	}
	if over == nil {
		return nil, fmt.Errorf("not a window call: %s", line)
	}
	s := &spec{call: &plan.WindowCall{Name: call[1]}, in: &Inputs{Filter: t[call[3]]}}
	t.arguments(s, call[2])
	var parts, order []*column.Vector
	if over[1] != "" {
		parts = append(parts, t[over[1]])
	}
	for _, key := range strings.Split(over[2], ",") {
		if fields := strings.Fields(key); len(fields) > 0 {
			order = append(order, t[fields[0]])
			desc := len(fields) > 1 && fields[1] == "desc"
			s.call.OrderBy = append(s.call.OrderBy, plan.SortKey{Desc: desc,
				NullsFirst: fields[len(fields)-1] == "first" || desc && fields[len(fields)-1] != "last"})
		}
	}
	s.rows = arranged(tableRows, parts, order, s.call.OrderBy)
	s.call.Frame = plan.Frame{Mode: plan.FrameRange, Start: plan.Bound{Kind: plan.UnboundedPreceding}, End: plan.Bound{Kind: plan.CurrentRow}}
	if over[3] != "" {
		s.frame(modes[over[3]], over[4], over[5], exclusions[over[6]])
	}
	return s, nil
}

func (t table) arguments(s *spec, list string) {
	for _, arg := range strings.Split(list, ",") {
		arg = strings.TrimSpace(arg)
		if arg == "" || arg == "*" {
			continue
		}
		v := t[arg]
		if n, err := strconv.ParseInt(arg, 10, 64); err == nil {
			v = column.ConstVector(column.Int64, n, tableRows)
		} else if arg == "null" {
			v = column.ConstVector(column.Int64, nil, tableRows)
		}
		s.in.Args = append(s.in.Args, v)
		s.call.Args = append(s.call.Args, &plan.ColRef{Typ: v.Type, Pos: 7})
		s.call.Type = s.in.Args[0].Type
	}
	if fn, result := aggregates(s.call.Name); fn != nil {
		s.call.Fn, s.call.Type = fn, result(s.call.Type)
	}
}

func (s *spec) frame(mode plan.FrameMode, start, end string, exclude plan.Exclude) {
	f := &s.call.Frame
	*f = plan.Frame{Mode: mode, Exclude: exclude}
	f.Start, s.in.Start, s.in.Lower = s.bound(start)
	f.End, s.in.End, s.in.Upper = s.bound(end)
}

// bound reads a bound; for RANGE it computes the key that it reaches to, as the binder's expression does.
func (s *spec) bound(text string) (plan.Bound, column.Value, *column.Vector) {
	if kind, ok := boundKind[text]; ok {
		return plan.Bound{Kind: kind}, nil, nil
	}
	word, direction, _ := strings.Cut(text, " ")
	b := plan.Bound{Kind: plan.OffsetPreceding, Offset: &plan.Const{Pos: 11, Typ: column.Int64}}
	if direction == "following" {
		b.Kind = plan.OffsetFollowing
	}
	if word == "null" {
		return b, nil, nil
	}
	offset := must(strconv.ParseInt(word, 10, 64))
	if s.call.Frame.Mode != plan.FrameRange {
		return b, offset, nil
	}
	step := offset
	if (b.Kind == plan.OffsetPreceding) != s.call.OrderBy[0].Desc {
		step = -offset
	}
	limits := column.NewBuilder(column.Int64, tableRows)
	for i := range tableRows {
		if key := s.rows.Order[0].Value(i); key == nil {
			limits.Append(nil)
		} else {
			limits.Append(key.(int64) + step)
		}
	}
	return b, offset, limits.Vector()
}
