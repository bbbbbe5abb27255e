package ddsql

import (
	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
)

func (c *converter) namedWindows(list *ast.NodeList) []syntax.NamedWindow {
	var out []syntax.NamedWindow
	for _, n := range items(list) {
		w, ok := n.(*ast.WindowDef)
		if !ok {
			c.unknown(n, -1)
			break
		}
		name, i := c.alias(w.Name)
		// name AS (
		out = append(out, syntax.NamedWindow{Name: name, Spec: c.window(w, c.after(i))})
	}
	return out
}

// window converts a window; over is the index of the OVER or AS before it.
func (c *converter) window(w *ast.WindowDef, over int) *syntax.Window {
	out := &syntax.Window{Ref: syntax.Ident{Pos: -1}, Pos: int(c.pos(over))}
	if !c.enter(over) {
		return out
	}
	defer c.leave()
	if w.Refname != "" {
		var i int
		out.Ref, i = c.alias(w.Refname)
		out.Bare = i > 0 && i-1 == over
	}
	out.PartitionBy, _ = c.exprs(w.PartitionClause)
	out.OrderBy = c.orderBy(w.OrderClause)
	if out.Frame = c.frame(w); out.Frame != nil {
		out.Frame.Pos = c.framePos(c.after(over))
	}
	return out
}

// framePos is where the frame begins in the window whose parenthesis is at open.
func (c *converter) framePos(open int) int {
	for i, end := open+1, c.close(open); i < end; i++ {
		switch {
		case c.match[i] > i:
			i = c.match[i]
		case c.toks[i].isWord("rows", "range", "groups") && !c.toks[i].asName:
			return c.toks[i].pos
		}
	}
	return -1
}

// frame converts a frame; nil when none was written.
func (c *converter) frame(w *ast.WindowDef) *syntax.Frame {
	o := w.FrameOptions
	if o&ast.FRAMEOPTION_NONDEFAULT == 0 {
		return nil
	}
	f := &syntax.Frame{Pos: -1}
	switch {
	case o&ast.FRAMEOPTION_ROWS != 0:
		f.Mode = syntax.FrameRows
	case o&ast.FRAMEOPTION_GROUPS != 0:
		f.Mode = syntax.FrameGroups
	}
	switch {
	case o&ast.FRAMEOPTION_EXCLUDE_CURRENT_ROW != 0:
		f.Exclude = syntax.ExcludeCurrentRow
	case o&ast.FRAMEOPTION_EXCLUDE_GROUP != 0:
		f.Exclude = syntax.ExcludeGroup
	case o&ast.FRAMEOPTION_EXCLUDE_TIES != 0:
		f.Exclude = syntax.ExcludeTies
	}
	f.Start = c.bound(w, w.StartOffset, frameStarts)
	f.End = c.bound(w, w.EndOffset, frameEnds)
	return f
}

type frameBit struct {
	bit  int
	kind syntax.BoundKind
}

var frameStarts = []frameBit{
	{ast.FRAMEOPTION_START_UNBOUNDED_PRECEDING, syntax.UnboundedPreceding},
	{ast.FRAMEOPTION_START_OFFSET_PRECEDING, syntax.OffsetPreceding},
	{ast.FRAMEOPTION_START_CURRENT_ROW, syntax.CurrentRow},
	{ast.FRAMEOPTION_START_OFFSET_FOLLOWING, syntax.OffsetFollowing},
}

var frameEnds = []frameBit{
	{ast.FRAMEOPTION_END_OFFSET_PRECEDING, syntax.OffsetPreceding},
	{ast.FRAMEOPTION_END_CURRENT_ROW, syntax.CurrentRow},
	{ast.FRAMEOPTION_END_OFFSET_FOLLOWING, syntax.OffsetFollowing},
	{ast.FRAMEOPTION_END_UNBOUNDED_FOLLOWING, syntax.UnboundedFollowing},
}

func (c *converter) bound(w *ast.WindowDef, offset ast.Node, bits []frameBit) syntax.FrameBound {
	for _, b := range bits {
		if w.FrameOptions&b.bit == 0 {
			continue
		}
		out := syntax.FrameBound{Kind: b.kind}
		if offset != nil {
			out.Offset, _ = c.expr(offset)
		}
		return out
	}
	c.unknown(w, -1)
	return syntax.FrameBound{}
}
