package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// configFlags say which configuration counts.
type configFlags struct {
	path   string
	source string
}

func (f *configFlags) add(fs *pflag.FlagSet) {
	fs.StringVar(&f.path, "config", "", "read flags from `FILE` (default: credsql/config.toml in the user's folder for settings; none: no file)")
	fs.StringVar(&f.source, "source", "", "read the source that the configuration file has under [sources.`NAME`]")
}

// maxConfig bounds files of configuration, users and certificates, in bytes.
const maxConfig = 1 << 20

// noConfig as a path is no file at all.
const noConfig = "none"

// defaultConfig is where the configuration file is when nobody says; empty: nowhere.
func (a *app) defaultConfig() string {
	if a.io.ConfigDir == "" {
		return ""
	}
	return filepath.Join(a.io.ConfigDir, "credsql", "config.toml")
}

// settings is a configuration file: flags by their names, and sources that have names of their own.
type settings struct {
	flags   map[string]any
	sources map[string]map[string]any
}

// readConfig reads the file that counts; a default one that is not there is an empty one.
func (a *app) readConfig() (settings, error) {
	path, named := a.config.path, true
	if path == "" {
		path, named = a.defaultConfig(), false
	}
	if path == "" || path == noConfig {
		return settings{}, nil
	}
	text, err := readBounded(path, maxConfig)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return settings{}, nil
	}
	if err != nil {
		return settings{}, usageError{fmt.Errorf("--config: %w", err)}
	}
	a.configFile = path
	s, err := parseConfig(string(text))
	if err != nil {
		return s, usageError{fmt.Errorf("%s: %w", path, err)}
	}
	return s, nil
}

func parseConfig(text string) (settings, error) {
	var all map[string]any
	if _, err := toml.Decode(text, &all); err != nil {
		return settings{}, err
	}
	s := settings{flags: map[string]any{}, sources: map[string]map[string]any{}}
	for key, value := range all {
		table, isTable := value.(map[string]any)
		switch {
		case key == "sources" && isTable:
			for name, flags := range table {
				if s.sources[name], isTable = flags.(map[string]any); !isTable {
					return s, fmt.Errorf("[sources] holds tables such as [sources.prod], not %s", name)
				}
			}
		case isTable:
			return s, fmt.Errorf("[%s] is no table of a configuration; flags stand above all tables, sources in [sources.NAME]", key)
		default:
			s.flags[key] = value
		}
	}
	return s, nil
}

// applyConfig gives the flags that the command line does not set the values of the configuration file. The environment comes after it and
// wins. A source that is chosen by flags or the environment takes the place of the file's.
func (a *app) applyConfig(cmd *cobra.Command) error {
	if err := a.whichConfig(cmd); err != nil {
		return err
	}
	s, err := a.readConfig()
	if err != nil {
		return err
	}
	chosen := a.choosesSource(cmd.Flags())
	name := a.config.source
	if file, ok := s.flags["source"].(string); ok && name == "" && !chosen {
		name = file
	}
	delete(s.flags, "source")
	if err := a.applyFlags(cmd, s.flags, chosen || name != ""); err != nil || name == "" {
		return err
	}
	source, ok := s.sources[name]
	if !ok {
		return usageError{fmt.Errorf("there is no source %s in the configuration; it would stand under [sources.%s]", name, name)}
	}
	return a.applyFlags(cmd, source, false)
}

// whichConfig lets the environment say which configuration counts, before the file is read.
func (a *app) whichConfig(cmd *cobra.Command) error {
	for _, name := range []string{"config", "source"} {
		if value, set := a.io.Env(variableName(name)); set && value != "" && !cmd.Flags().Changed(name) {
			if err := cmd.Flags().Set(name, value); err != nil {
				return usageError{err}
			}
		}
	}
	return nil
}

// choosing are the flags that say which reports are read.
var choosing = map[string]bool{"report": true, "demo": true, "profile": true, "role-arn": true, "org": true}

// choosesSource says whether the command line or the environment chooses a source.
func (a *app) choosesSource(fs *pflag.FlagSet) bool {
	for name := range choosing {
		if value, set := a.io.Env(variableName(name)); set && value != "" || fs.Changed(name) {
			return true
		}
	}
	return false
}

// applyFlags sets flags from a file, leaving out those that choose a source if one is chosen.
func (a *app) applyFlags(cmd *cobra.Command, values map[string]any, chosen bool) error {
	for name, value := range values {
		f := cmd.Flags().Lookup(name)
		switch {
		case f == nil && !knownFlag(cmd.Root(), name):
			message := fmt.Sprintf("%s: there is no flag --%s", a.configFile, name)
			if near := nearestFlag(cmd.Flags(), name); near != "" {
				message += "; did you mean " + near + "?"
			}
			return usageError{errors.New(message)}
		case f == nil, f.Changed, chosen && choosing[name], value == "":
			continue // another command's, the command line's, or nobody's: as in the environment, an empty text sets nothing
		}
		if err := setFlag(f, value); err != nil {
			return usageError{fmt.Errorf("%s: %s: %w", a.configFile, name, err)}
		}
	}
	return nil
}

// setFlag gives a flag a value of a file.
func setFlag(f *pflag.Flag, value any) error {
	list, isList := value.([]any)
	slice, takesList := f.Value.(pflag.SliceValue)
	if !isList {
		list = []any{value}
	}
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = fmt.Sprint(v)
	}
	switch {
	case takesList:
		return slice.Replace(texts)
	case isList:
		return errors.New("one value is needed, not a list")
	}
	return f.Value.Set(texts[0])
}

// knownFlag says whether any command has a flag.
func knownFlag(cmd *cobra.Command, name string) bool {
	if cmd.Flags().Lookup(name) != nil || cmd.PersistentFlags().Lookup(name) != nil {
		return true
	}
	for _, sub := range cmd.Commands() {
		if knownFlag(sub, name) {
			return true
		}
	}
	return false
}
