package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, and what it was built with",
		Args:  cobra.NoArgs,
		RunE: a.plain(func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(a.io.Out, versionLine(debug.ReadBuildInfo()))
			return outputError(err)
		}),
	}
}

// programVersion is the version alone.
func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown version)"
}

// versionLine is one line that a bug report can quote.
func versionLine(info *debug.BuildInfo, ok bool) string {
	version, revision := "unknown", ""
	if ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return fmt.Sprintf("credsql %s%s (%s, %s/%s)", version, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
