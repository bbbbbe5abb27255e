package plan

import "github.com/credsql/credsql/engine/column"

// What a binder leaves in expressions until it knows where the operator goes. No finished plan has one.

// AggExpr stands for an aggregate until the Aggregate operator is placed.
type AggExpr struct {
	Pos
	Call *AggCall
}

func (e *AggExpr) Type() column.Type { return e.Call.Type }

// WindowExpr stands for a window function until the Window operator is placed.
type WindowExpr struct {
	Pos
	Call *WindowCall
}

func (e *WindowExpr) Type() column.Type { return e.Call.Type }

// GroupingExpr stands for GROUPING(…) until the grouping sets decide it. Its keys are named, never computed.
type GroupingExpr struct {
	Pos
	Keys []Expr
}

func (e *GroupingExpr) Type() column.Type { return column.Int64 }
