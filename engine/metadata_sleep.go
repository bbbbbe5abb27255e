package engine

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/sqlerr"
)

// longestSleep is how long SELECT SLEEP(n) may take: enough for those who try whether a statement can be cancelled.
const longestSleep = 10 * time.Second

// sleepCall is SELECT SLEEP(n) as a whole statement: MySQL clients send it to see whether the server lives, and whether KILL works.
type sleepCall struct {
	duration time.Duration
	name     string // of its column
}

// sleep waits. SLEEP anywhere else is a function that does not exist.
func (s *Session) sleep(ctx context.Context, call *sleepCall) (*Rows, error) {
	if call.duration > longestSleep {
		return nil, sqlerr.New(sqlerr.CodeConfigurationLimit, "SLEEP of more than %d seconds", int(longestSleep.Seconds()))
	}
	ctx, cancel := s.limited(ctx)
	defer cancel(nil)
	timer := time.NewTimer(call.duration)
	defer timer.Stop()
	select {
	case <-timer.C:
		return s.textRows([]string{call.name}, [][]string{{"0"}}), nil
	case <-ctx.Done():
		return nil, budget.Canceled(ctx)
	}
}

// longestSleepText is how long a text may be that is looked at closely.
const longestSleepText = 200

// readSleep reads SELECT SLEEP(seconds); nil if the statement is anything else.
func (s *Session) readSleep(text string) *sleepCall {
	if !s.client.MySQL || len(text) > longestSleepText || !strings.Contains(strings.ToLower(text), "sleep") {
		return nil
	}
	var toks []Lexeme
	lexemes, _ := Lex(text)
	for _, l := range lexemes {
		if l.Kind != LexComment {
			toks = append(toks, l)
		}
	}
	at := func(i int) string { return strings.ToLower(text[toks[i].Start:toks[i].End]) }
	if len(toks) != 5 || at(0) != "select" || at(1) != "sleep" || at(2) != "(" || toks[3].Kind != LexNumber || at(4) != ")" {
		return nil
	}
	seconds, err := strconv.ParseFloat(at(3), 64)
	if err != nil || seconds < 0 || seconds > 1e6 {
		return nil
	}
	return &sleepCall{duration: time.Duration(seconds * float64(time.Second)), name: text[toks[1].Start:toks[4].End]}
}
