// Command gen writes made-up credential reports: the samples of this folder, or a fleet of any size for measurements.
//
//	go run ./examples/reports/gen -samples examples/reports
//	go run ./examples/reports/gen -accounts 1000 -users 1000 -out /tmp/fleet
//	go run ./examples/reports/gen -accounts 1000 -users 1000 -single /tmp/fleet.csv
//
// The same arguments give the same bytes.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/credsql/credsql/tables/credreport/reportgen"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	var fleet reportgen.Fleet
	samples := flags.String("samples", "", "write the sample reports to this `folder`")
	out := flags.String("out", "", "write a fleet to this `folder`, a file for each account")
	single := flags.String("single", "", "write a fleet to this `file`, under one header")
	flags.IntVar(&fleet.Accounts, "accounts", 1, "accounts of the fleet")
	flags.IntVar(&fleet.Users, "users", 5000, "rows of each account, root included")
	flags.Uint64Var(&fleet.Seed, "seed", 1, "seed of the fleet")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case *samples != "":
		return writeSamples(*samples)
	case *out != "":
		return writeFolder(fleet, *out)
	case *single != "":
		return writeSingle(fleet, *single)
	}
	return errors.New("one of -samples, -out and -single is needed")
}

func writeSamples(dir string) error {
	for _, f := range reportgen.Files() {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func writeFolder(fleet reportgen.Fleet, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var data []byte
	for i := range fleet.Accounts {
		var id string
		id, data = fleet.Account(append(data[:0], reportgen.Header...), i)
		if err := os.WriteFile(filepath.Join(dir, id+".csv"), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func writeSingle(fleet reportgen.Fleet, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	return errors.Join(fleet.WriteSingle(w), w.Flush(), f.Close())
}
