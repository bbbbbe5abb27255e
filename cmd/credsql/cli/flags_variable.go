package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/credsql/credsql/repl/script"
)

// variableFlag is a flag.Value that can be given several times: NAME=VALUE.
type variableFlag struct{ script.Variables }

var (
	_ pflag.Value      = (*variableFlag)(nil)
	_ pflag.SliceValue = (*variableFlag)(nil)
)

func (v *variableFlag) Type() string { return "variable" }

func (v *variableFlag) String() string { return strings.Join(v.GetSlice(), ",") }

func (v *variableFlag) Set(s string) error { return v.Append(s) }

// Append sets one variable.
func (v *variableFlag) Append(s string) error {
	name, value, ok := strings.Cut(s, "=")
	if !ok {
		return fmt.Errorf("%q sets nothing; write name=value", s)
	}
	return v.Variables.Set(name, value)
}

// Replace sets these variables alone.
func (v *variableFlag) Replace(list []string) error {
	v.Variables = script.Variables{}
	for _, s := range list {
		if err := v.Append(s); err != nil {
			return err
		}
	}
	return nil
}

// GetSlice is the variables as they would be given.
func (v *variableFlag) GetSlice() []string {
	var out []string
	for _, name := range v.Names() {
		value, _ := v.Get(name)
		out = append(out, name+"="+value)
	}
	return out
}
