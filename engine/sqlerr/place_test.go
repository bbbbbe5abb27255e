package sqlerr_test

import (
	"errors"
	"testing"

	"github.com/credsql/credsql/engine/sqlerr"
)

func TestPlaceKeepsTheInnermostAndSharesNothing(t *testing.T) {
	t.Parallel()
	shared := sqlerr.New(sqlerr.CodeDivisionByZero, "division by zero")
	placed := sqlerr.Place(shared, 7)
	if e, _ := sqlerr.As(placed); e.Pos != 8 || shared.Pos != 0 {
		t.Errorf("placed at %d, the shared error at %d", e.Pos, shared.Pos)
	}
	if again := sqlerr.Place(placed, 3); again != placed {
		t.Errorf("a place was replaced: %#v", again)
	}
	if nowhere := sqlerr.Place(shared, -1); nowhere != shared {
		t.Errorf("a place out of nothing: %#v", nowhere)
	}
	if other := errors.New("x"); sqlerr.Place(other, 1) != other || sqlerr.Place(nil, 1) != nil {
		t.Error("only an *Error has a place")
	}
}
