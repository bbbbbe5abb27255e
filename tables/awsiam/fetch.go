package awsiam

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/credsql/credsql/tables/credreport"
)

// fetcher reads one account's report.
type fetcher struct {
	target *target
	calls  *patience
	clock  func() time.Time
	maxAge time.Duration
	decode func(t *target, data []byte, generated time.Time) (*credreport.Report, error)
}

// content is a report as AWS sent it, and what was read from it.
type content struct {
	data      []byte
	generated time.Time
	report    *credreport.Report
	lifted    *lifted // owns data
}

// release gives the bytes back. They must not be used after.
func (c *content) release() {
	c.data = nil
	c.lifted.release()
}

// fetched is what reading an account's report gave: a report, a failure, or a report that is older than wanted together with
// the reason why there is no newer one.
type fetched struct {
	report *content
	failed *failure
}

// report gets the account's report. What exists is taken if it is young enough; otherwise AWS is asked, once, for a new one:
// within four hours it gives the same bytes again, and then that is the answer, however old.
func (f *fetcher) report(ctx context.Context) fetched {
	if failed := f.target.login.open(ctx, f.calls); failed != nil {
		return fetched{failed: failed}
	}
	old, failed := f.get(ctx)
	switch {
	case failed == nil && f.clock().Sub(old.generated) <= f.maxAge:
		return fetched{report: old}
	case failed != nil && failed.remedy != present:
		return fetched{failed: failed}
	}
	if failed := f.generate(ctx); failed != nil {
		if old == nil && failed.denied {
			failed.message = "there is no credential report, and generating one is " + failed.message
		}
		return fetched{report: old, failed: failed}
	}
	fresh, failed := f.get(ctx)
	if failed != nil {
		return fetched{report: old, failed: failed}
	}
	return fetched{report: fresh}
}

// get asks for the report that exists. While another caller's generation is under way AWS answers ReportInProgress, which
// is waited for.
func (f *fetcher) get(ctx context.Context) (*content, *failure) {
	var got *content
	failed := renewing(ctx, f.target.login, f.calls, "iam:GetCredentialReport", func(ctx context.Context) error {
		ctx, lifted := withLift(ctx)
		out, err := f.target.login.services.iam.GetCredentialReport(ctx, &iam.GetCredentialReportInput{}, f.target.login.forIAM)
		if err != nil {
			return err
		}
		got = &content{data: lifted.content, generated: aws.ToTime(out.GeneratedTime).UTC(), lifted: lifted}
		if got.data == nil {
			got.data = out.Content
		}
		if len(got.data) == 0 || out.GeneratedTime == nil {
			return errGarbled
		}
		f.calls.release() // decoding needs no place: another account can be asked
		if got.report, err = f.decode(f.target, got.data, got.generated); err != nil {
			return &failure{remedy: again, action: "iam:GetCredentialReport", message: "what AWS gave is not a credential report: " + redact(err.Error()), cause: err}
		}
		return nil
	})
	if failed != nil {
		return nil, failed
	}
	return got, nil
}

// errGenerating is a generation that has not ended yet.
var errGenerating = errors.New("AWS is still generating the report")

// generate has a report made and waits until it is.
func (f *fetcher) generate(ctx context.Context) *failure {
	return renewing(ctx, f.target.login, f.calls, "iam:GenerateCredentialReport", func(ctx context.Context) error {
		out, err := f.target.login.services.iam.GenerateCredentialReport(ctx, &iam.GenerateCredentialReportInput{}, f.target.login.forIAM)
		switch {
		case err != nil:
			return err
		case out.State == iamtypes.ReportStateTypeComplete:
			return nil
		case out.State == iamtypes.ReportStateTypeStarted, out.State == iamtypes.ReportStateTypeInprogress:
			return &failure{remedy: wait, action: "iam:GenerateCredentialReport", message: errGenerating.Error(), cause: errGenerating}
		}
		return fmt.Errorf("state %q: %w", out.State, errGarbled)
	})
}
