package awsiam

import "slices"

// target is one account to read, or to list as left out.
type target struct {
	id        string // empty: not known, because the login itself failed
	name      string
	partition string
	// source is how the account is entered, as credsql.accounts shows it and the cache keys it: "role arn:…", "profile prod".
	source string
	// endpoint is where AWS is asked in place of AWS itself; empty for that.
	endpoint string
	// caller is the ARN of the identity that enters, and partition-wide unique; the cache never mixes identities.
	caller string
	login  *login // nil when offline, skipped or failed
	// skipped says why the account is left out on purpose; empty: it is not.
	skipped string
	// failed is set when it is already known that the account cannot be read.
	failed *failure
}

// selection is which accounts are meant, by id.
type selection struct{ include, exclude []string }

// apply drops the targets that were not included and marks the excluded ones. Targets of unknown id stay: they may be meant.
func (s selection) apply(targets []*target) []*target {
	kept := slices.DeleteFunc(slices.Clone(targets), func(t *target) bool {
		return t.id != "" && len(s.include) > 0 && !slices.Contains(s.include, t.id)
	})
	for i, t := range kept {
		if t.id != "" && t.skipped == "" && slices.Contains(s.exclude, t.id) {
			left := *t
			left.skipped = "excluded"
			kept[i] = &left
		}
	}
	return kept
}

// distinct keeps the first target of every account: two profiles of one account are one report.
func distinct(targets []*target) []*target {
	seen := map[string]bool{}
	return slices.DeleteFunc(targets, func(t *target) bool {
		if t.id == "" {
			return false
		}
		again := seen[t.id]
		seen[t.id] = true
		return again
	})
}
