package funcs

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// Signature is how the overload is called: "round(n decimal, digits bigint)", "varchar || varchar".
func (o *Overload) Signature() string {
	if o.Func.Class == Operator {
		return o.operatorSignature()
	}
	var b strings.Builder
	b.WriteString(o.Func.Name)
	b.WriteByte('(')
	optional := 0
	for i, p := range o.Params {
		if p.Optional {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteByte('[')
			optional++
		}
		if i > 0 {
			b.WriteString(", ")
		}
		if p.Name != "" {
			b.WriteString(p.Name + " ")
		}
		b.WriteString(p.typeName())
	}
	if o.Variadic {
		b.WriteString(", …")
	}
	b.WriteString(strings.Repeat("]", optional))
	b.WriteByte(')')
	return b.String()
}

func (o *Overload) operatorSignature() string {
	if len(o.Params) == 1 {
		return o.Func.Name + " " + o.Params[0].typeName()
	}
	return o.Params[0].typeName() + " " + o.Func.Name + " " + o.Params[1].typeName()
}

func (p Param) typeName() string {
	switch p.Any {
	case Any:
		return "any"
	case AnyElem:
		return "anyelement"
	case AnyList:
		return "anyarray"
	default:
		return p.Type.String()
	}
}

func typeNames(types []column.Type) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = t.String()
	}
	return strings.Join(names, ", ")
}

// unknownFunction refuses a name that is not registered. What PostgreSQL has and credsql leaves out on purpose says why.
func (r *Registry) unknownFunction(name string, args []column.Type) error {
	if why := leftOut(name); why != "" {
		return sqlerr.NotSupported("function " + name).WithHint(why)
	}
	err := sqlerr.New(sqlerr.CodeUndefinedFunction, "function %s(%s) does not exist", name, typeNames(args))
	if s := r.Suggest(name); s != "" {
		return err.WithHint("Perhaps you meant " + s + ".")
	}
	return err
}

// leftOut says why a function of PostgreSQL is not offered; "" for a name that PostgreSQL does not have either.
func leftOut(name string) string {
	switch name {
	case "random", "gen_random_uuid", "setseed", "clock_timestamp", "timeofday", "pg_sleep":
		return "A query over the same reports gives the same answer; what changes from call to call is left out."
	case "pg_read_file", "pg_ls_dir", "lo_import", "lo_export", "load_file", "pg_stat_file", "dblink":
		return "credsql reads credential reports and nothing else."
	case "substr_count", "regexp_extract":
		return "Use regexp_match, which gives the groups of the first match as an array."
	default:
		return ""
	}
}

func noSuchSignature(f *Function, args []column.Type) error {
	switch f.Name {
	case "like", "ilike":
		sign := map[string]string{"like": "~~", "ilike": "~~*"}[f.Name]
		return sqlerr.New(sqlerr.CodeUndefinedFunction, "operator does not exist: %s", operatorText(sign, args)).
			WithHint(strings.ToUpper(f.Name) + " compares two VARCHARs. Convert an operand with CAST(… AS VARCHAR).")
	case "greatest", "least":
		if len(args) == 0 {
			return sqlerr.Syntax("%s needs at least one argument", strings.ToUpper(f.Name))
		}
		return unmatchedTypes(strings.ToUpper(f.Name), args)
	case "subscript", "array_slice":
		if !args[0].IsList() && args[0] != column.HStoreT {
			return errNoSubscripts(args[0])
		}
		if args[0] == column.HStoreT {
			return sqlerr.New(sqlerr.CodeDatatypeMismatch, "hstore subscript must have type varchar")
		}
		return sqlerr.New(sqlerr.CodeDatatypeMismatch, "array subscript must have type bigint")
	}
	return sqlerr.New(sqlerr.CodeUndefinedFunction, "function %s(%s) does not exist", f.Name, typeNames(args)).
		WithHint(signaturesHint(f.Overloads))
}

// unmatchedTypes names the first two types that do not meet.
func unmatchedTypes(what string, args []column.Type) error {
	for i := range args {
		before, _ := commonType(args[:i])
		if _, ok := commonType(args[:i+1]); !ok {
			return sqlerr.New(sqlerr.CodeDatatypeMismatch, "%s types %s and %s cannot be matched", what, before, args[i])
		}
	}
	common, _ := commonType(args)
	return sqlerr.New(sqlerr.CodeUndefinedFunction, "could not identify a comparison function for type %s", common)
}

func ambiguousFunction(f *Function, args []column.Type) error {
	return sqlerr.New(sqlerr.CodeAmbiguousFunction, "function %s(%s) is not unique", f.Name, typeNames(args)).
		WithHint(signaturesHint(f.Overloads) + " Add a cast to say which one is meant.")
}

func operatorText(sign string, args []column.Type) string {
	if len(args) == 1 {
		return sign + " " + args[0].String()
	}
	return args[0].String() + " " + sign + " " + args[1].String()
}

func ambiguousOperator(sign string, args []column.Type) error {
	return sqlerr.New(sqlerr.CodeAmbiguousFunction, "operator is not unique: %s", operatorText(sign, args)).
		WithHint("Add a cast to say which types are meant.")
}

// noSuchOperator lists the overloads that at least one operand fits; when none does, all of them.
func noSuchOperator(sign string, overloads []*Overload, args []column.Type) error {
	err := sqlerr.New(sqlerr.CodeUndefinedFunction, "operator does not exist: %s", operatorText(sign, args))
	if len(overloads) == 0 {
		return err
	}
	var near []*Overload
	for _, o := range overloads {
		for i, p := range o.Params {
			if len(o.Params) == len(args) && p.Any == Exact && p.Type == args[i] {
				near = append(near, o)
				break
			}
		}
	}
	if len(near) == 0 {
		return err.WithHint("Convert an operand with CAST(… AS type).")
	}
	return err.WithHint(signaturesHint(near) + " Or convert an operand with CAST(… AS type).")
}

// mostListed keeps a hint readable where an operator has an overload for every type.
const mostListed = 8

func signaturesHint(overloads []*Overload) string {
	var list []string
	for _, o := range overloads {
		if len(list) == mostListed {
			list = append(list, "…")
			break
		}
		list = append(list, o.Signature())
	}
	return "There is: " + strings.Join(list, "; ") + "."
}

func errNoSubscripts(t column.Type) error {
	return sqlerr.New(sqlerr.CodeDatatypeMismatch, "cannot subscript type %s because it does not support subscripting", t)
}

// errUndetermined refuses an array of an unknown type.
func errUndetermined(f *Function) error {
	if f.Name == "subscript" || f.Name == "array_slice" {
		return errNoSubscripts(column.Unknown)
	}
	return sqlerr.New(sqlerr.CodeDatatypeMismatch, "could not determine polymorphic type because input has type unknown").
		WithHint("Say of what the array is, such as CAST('{…}' AS VARCHAR[]).")
}
