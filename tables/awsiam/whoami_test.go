package awsiam

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestWhoami(t *testing.T) {
	t.Parallel()
	s, err := New(context.Background(), Demo(func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	who, err := s.Whoami(context.Background())
	if want := (Caller{"arn:aws:iam::111122223333:user/auditor", "111122223333", "aws", "https://demo.invalid"}); err != nil || who != want {
		t.Errorf("%+v, %v; want %+v", who, err, want)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var failed *Error
	if _, err := s.Whoami(ctx); !errors.As(err, &failed) {
		t.Errorf("%v", err)
	}
}
