package awsiam

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/credsql/credsql/tables"
)

// tidings are what a statement's user must know about its accounts: who is missing, who is old, whose tags are not there.
// What many accounts share is said once.
type tidings struct {
	source *Source
	view   *view
	now    time.Time

	missing, stale, noTags, oldTags topics
	gone                            int // users of reports whose tags are not known
	denied, failed                  int
	unasked                         []string // accounts that were named and are left out
	hints                           []string // what to do about those that are missing, each once
}

// topics are sayings about accounts, by what they say, in order of first sight.
type topics []topic

type topic struct {
	key      string
	accounts []string
	text     string
}

func (t *topics) add(key, account, text string) {
	i := slices.IndexFunc(*t, func(o topic) bool { return o.key == key })
	if i < 0 {
		*t = append(*t, topic{key: key, text: text})
		i = len(*t) - 1
	}
	(*t)[i].accounts = append((*t)[i].accounts, account)
}

// say makes the sentence of a topic; what is for one account, whats for several.
func (t topic) say(what, whats string) string {
	switch n := len(t.accounts); {
	case n == 1:
		return fmt.Sprintf("%s %s: %s", t.accounts[0], what, t.text)
	case n <= 3:
		return fmt.Sprintf("%s %s: %s", strings.Join(t.accounts, ", "), whats, t.text)
	default:
		return fmt.Sprintf("%d accounts %s, %s the first of them: %s; credsql.accounts has them all", n, whats, t.accounts[0], t.text)
	}
}

func newTidings(s *Source, v *view, now time.Time) *tidings {
	return &tidings{source: s, view: v, now: now}
}

// label is how an account is called in a sentence.
func (t *target) label() string {
	switch {
	case t.id == "":
		return t.source
	case t.name != "":
		return fmt.Sprintf("account %s (%s)", t.id, redact(t.name))
	}
	return "account " + t.id
}

// account takes one account in.
func (t *tidings) account(a *account, row tables.Account) {
	switch row.State {
	case tables.StateSkipped:
		if slices.Contains(t.view.need.Accounts, a.target.id) {
			t.unasked = append(t.unasked, a.target.label()+" is left out: "+row.Error)
		}
		return
	case tables.StateDenied, tables.StateFailed:
		if row.State == tables.StateDenied {
			t.denied++
		} else {
			t.failed++
		}
		failed := a.failed
		if a.target.failed != nil {
			failed = a.target.failed
		}
		t.missing.add(topicKey(failed, row.Error), a.target.label(), row.Error)
		if failed != nil && !slices.Contains(t.hints, failed.hint) {
			t.hints = append(t.hints, failed.hint)
		}
		return
	}
	if age := t.now.Sub(row.GeneratedTime); age > t.source.cfg.MaxAge {
		t.old(a, row, age)
	}
	if t.view.fetchTags() {
		t.tags(a)
	}
}

// topicKey is what two accounts share when the same went wrong, though the words name each its own role.
func topicKey(f *failure, text string) string {
	if f == nil || f.code == "" {
		return text
	}
	return f.action + " " + f.code
}

// old is an account whose report is older than was asked for.
func (t *tidings) old(a *account, row tables.Account, age time.Duration) {
	label := a.target.label()
	age = age.Truncate(time.Minute)
	switch {
	case a.failed != nil:
		t.stale.add(topicKey(a.failed, row.Error), label, fmt.Sprintf("%s old, and there is no newer one: %s", spoken(age), row.Error))
	case row.State == tables.StateRefreshing:
		t.stale.add("refreshing", label, fmt.Sprintf("%s old, and a newer one is being fetched", spoken(age)))
	case t.source.cfg.Offline:
		t.stale.add("offline", label, fmt.Sprintf("%s old, from the cache", spoken(age)))
	default:
		t.stale.add("kept", label, fmt.Sprintf("%s old; AWS keeps a report for %s and makes the next one at %s or later",
			spoken(age), spoken(t.source.cfg.keep), row.NextRefresh.UTC().Format(time.RFC3339)))
	}
}

// tags is how an account's tags stand: not read, or only in part, or as they were read before.
func (t *tidings) tags(a *account) {
	label, failed := a.target.label(), a.noTags
	switch {
	case a.tags != nil && a.tags.partial != nil:
		failed = a.tags.partial
		fallthrough
	case a.tags == nil && failed != nil:
		t.noTags.add(topicKey(failed, failed.Error()), label, failed.Error())
	case a.tags == nil:
		t.noTags.add("late", label, "not done in time")
	default:
		t.gone += a.tags.unknown
		if failed != nil {
			text := fmt.Sprintf("those of %s are shown: %s", a.tags.read.UTC().Format(time.RFC3339), failed.Error())
			t.oldTags.add(topicKey(failed, failed.Error()), label, text)
		}
	}
}

// notices are the sentences, those about missing rows first. The caller holds the source's mu.
func (t *tidings) notices() []tables.Notice {
	var out []tables.Notice
	missing := func(text string) { out = append(out, tables.Notice{Message: text, Incomplete: true}) }
	for _, m := range t.missing {
		missing(m.say("could not be read", "could not be read"))
	}
	for _, text := range t.unasked {
		missing(text)
	}
	t.unknownAccounts(missing)
	for _, m := range t.noTags {
		missing(m.say("has tags that could not be read, and are NULL", "have tags that could not be read, and are NULL"))
	}
	if f := t.source.listFailed; f != nil {
		missing(fmt.Sprintf("the list of accounts could not be renewed, that of %s is used: %s", t.source.listed.UTC().Format(time.RFC3339), f.Error()))
	}
	say := func(text string) { out = append(out, tables.Notice{Message: text}) }
	for _, m := range t.stale {
		text := m.say("has a report older than "+spoken(t.source.cfg.MaxAge), "have reports older than "+spoken(t.source.cfg.MaxAge))
		out = append(out, tables.Notice{Message: text, Topic: "older: " + m.key + " " + strings.Join(m.accounts, " ")})
	}
	for _, m := range t.oldTags {
		say(m.say("has tags that could not be read again", "have tags that could not be read again"))
	}
	if t.gone > 0 {
		say(fmt.Sprintf("%d users of the reports are no longer there, or have no tags in AWS's answer: their tags are NULL", t.gone))
	}
	if t.view.tags && t.source.cfg.NoTags {
		say("tags are not read, and are NULL: --no-tags")
	}
	for _, text := range t.source.notes {
		say(text)
	}
	t.source.notes = nil
	if t.source.offline != "" {
		say(t.source.offline)
	}
	return out
}

// unknownAccounts says which accounts were named, by the statement or by IncludeAccounts, and are not there.
func (t *tidings) unknownAccounts(missing func(string)) {
	named := t.view.need.Accounts
	if named == nil {
		named = t.source.cfg.IncludeAccounts
	}
	var ids []string
	for _, id := range named {
		if _, ok := t.source.places[id]; !ok {
			ids = append(ids, id)
		}
	}
	switch len(ids) {
	case 0:
	case 1:
		missing("account " + redact(ids[0]) + " is not among the accounts of this source")
	default:
		missing(fmt.Sprintf("%d accounts are not among those of this source, %s the first of them", len(ids), redact(ids[0])))
	}
}

// nothing is the error when not one account could be read.
func (t *tidings) nothing() *Error {
	var lines []string
	for _, m := range t.missing {
		lines = append(lines, m.say("could not be read", "could not be read"))
	}
	lines = append(lines, t.unasked...)
	if len(lines) == 0 {
		lines = []string{"all accounts are left out: they are suspended or excluded"}
	}
	e := &Error{Message: strings.Join(lines, "\n"), Denied: t.denied > 0 && t.failed == 0}
	if len(t.hints) == 1 { // else no one thing is to be done
		e.Hint = t.hints[0]
	}
	return e
}

// whole makes the failure of everything an Error.
func (f *failure) whole() *Error {
	return &Error{Message: f.Error(), Hint: f.hint, Denied: f.denied, cause: f}
}
