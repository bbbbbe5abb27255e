package awsiam

import (
	"strings"
	"time"

	"github.com/credsql/credsql/tables"
)

// remedy is what can be done about a failed call.
type remedy uint8

const (
	giveUp  remedy = iota // nothing: the answer will be the same
	wait                  // AWS says that it will be able to later: wait as long as the deadline allows
	again                 // the network or the answer was bad: a few more times
	renew                 // the credentials ended: once more with new ones
	adjust                // the clocks differ: once more, the SDK has learned the difference by now
	present               // no report can be read now: have one generated
)

// failure is why something could not be read, in words that may be shown: they hold no secret.
type failure struct {
	remedy remedy
	denied bool
	// action is the permission that the call needs: "iam:GetCredentialReport".
	action string
	// code is AWS's error code, or empty.
	code string
	// message is what to show, without the account and the action.
	message string
	// hint says what to do about it, or is empty.
	hint  string
	cause error
}

// Error names the action and what was wrong with it.
func (f *failure) Error() string {
	if f.action == "" {
		return f.message
	}
	return f.action + ": " + f.message
}

// Unwrap gives the cause, for errors.Is; it is never shown.
func (f *failure) Unwrap() error { return f.cause }

// state is how an account stands after the failure.
func (f *failure) state() tables.State {
	if f.denied {
		return tables.StateDenied
	}
	return tables.StateFailed
}

// Error is why a source could give nothing at all.
type Error struct {
	// Message says what could not be read and why; it may have several lines, one an account.
	Message string
	// Hint says what to do, or is empty.
	Hint string
	// Denied is set when permissions or credentials were the reason everywhere.
	Denied bool
	cause  error
}

// Error is the message.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause, for errors.Is.
func (e *Error) Unwrap() error { return e.cause }

var (
	keyPattern = pattern(`\b(A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b`)
	// secretPattern is any long run of the characters that secrets, tokens and encoded messages are written in.
	secretPattern = pattern(`[A-Za-z0-9/+=_]{36,}`)
)

// redact makes a text from outside fit to be shown: one line, not long, without keys and tokens.
func redact(text string) string {
	words := strings.Fields(strings.Map(printable, text))
	for i, word := range words {
		if strings.HasPrefix(strings.TrimLeft(word, `"'(`), "arn:") {
			continue // the paths in ARNs can be long, and ARNs are no secrets
		}
		word = keyPattern().ReplaceAllString(word, "(key)")
		words[i] = secretPattern().ReplaceAllString(word, "(hidden)")
	}
	text = strings.Join(words, " ")
	const most = 400
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// printable turns control characters, which could steer a terminal, into blanks.
func printable(r rune) rune {
	if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
		return ' '
	}
	return r
}

// spoken writes a duration without the parts that are zero: 4h, 31h5m, 90s is 1m30s.
func spoken(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
