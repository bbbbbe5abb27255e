package awsiam

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// remedies are AWS's error codes by what can be done about them. IAM's are not the ones that the SDK's own retries know:
// LimitExceeded on GenerateCredentialReport is a lack of capacity that passes.
var remedies = map[string]remedy{
	"LimitExceeded": wait, "LimitExceededException": wait, "ReportInProgress": wait,
	"Throttling": wait, "ThrottlingException": wait, "ThrottledException": wait, "TooManyRequestsException": wait,
	"RequestLimitExceeded": wait, "RequestThrottled": wait, "RequestThrottledException": wait, "SlowDown": wait,
	"ServiceFailure": wait, "ServiceException": wait, "ServiceUnavailable": wait, "InternalFailure": wait, "InternalError": wait,
	"PriorRequestNotComplete": wait, "ConcurrentModification": wait,

	"ReportNotPresent": present, "ReportExpired": present,

	"ExpiredToken": renew, "ExpiredTokenException": renew,

	"SignatureDoesNotMatch": adjust, "InvalidSignatureException": adjust, "RequestTimeTooSkewed": adjust,
	"RequestExpired": adjust, "RequestInTheFuture": adjust, "AuthFailure": adjust,
}

// denials are the codes that mean that permission is lacking, or that the credentials are not good.
var denials = map[string]string{
	"AccessDenied": "not allowed", "AccessDeniedException": "not allowed", "UnauthorizedOperation": "not allowed",
	"AuthorizationError": "not allowed", "OptInRequired": "not allowed",
	"InvalidClientTokenId": "the access key is not valid", "UnrecognizedClientException": "the access key is not valid",
	"MissingAuthenticationToken": "the request was not signed", "SignatureDoesNotMatch": "the secret access key is not right, or this machine's clock is not",
	"InvalidSignatureException": "the secret access key is not right, or this machine's clock is not",
	"ExpiredToken":              "the credentials have expired", "ExpiredTokenException": "the credentials have expired",
	"RequestExpired": "this machine's clock is not right", "AuthFailure": "the credentials are not valid",
}

// refusals are other codes in words.
var refusals = map[string]string{
	"ReportNotPresent": "there is no report", "ReportExpired": "the report has expired", "ReportInProgress": "the report is still being generated",
	"LimitExceeded": "AWS has no capacity for it now", "Throttling": "AWS takes no more calls now", "ThrottlingException": "AWS takes no more calls now",
	"TooManyRequestsException": "AWS takes no more calls now", "ServiceFailure": "AWS failed", "ServiceException": "AWS failed",
	"ServiceUnavailable": "AWS is not available", "InternalFailure": "AWS failed",
	"AWSOrganizationsNotInUseException": "the account is in no organization",
}

// told are the codes whose message from AWS is worth showing, and cannot hold a secret once redacted. Not among them is
// SignatureDoesNotMatch, which repeats the request with its session token.
func told(code string) bool {
	switch code {
	case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "ValidationError", "LimitExceeded",
		"RegionDisabledException", "AWSOrganizationsNotInUseException", "InvalidInputException":
		return true
	}
	return false
}

// classify says what a failed call means. It returns nil for no error, and passes cancellation on as the cause.
func classify(ctx context.Context, action string, err error) *failure {
	if err == nil {
		return nil
	}
	f := &failure{action: action, cause: err}
	var own *failure
	var api smithy.APIError
	var http *smithyhttp.ResponseError
	switch {
	case errors.As(err, &own):
		return own
	case ctx.Err() != nil:
		f.message = "stopped: " + context.Cause(ctx).Error()
	case errors.As(err, &api) && api.ErrorCode() != "" && api.ErrorCode() != "UnknownError":
		f.api(api)
	case errors.As(err, &http) && http.HTTPStatusCode() >= 300: // the SDK makes one with status 0 of a broken connection
		f.status(http.HTTPStatusCode())
	default:
		f.local(err)
	}
	return f
}

// api is an error that AWS gave a code.
func (f *failure) api(e smithy.APIError) {
	f.code = e.ErrorCode()
	what, denied := denials[f.code]
	f.denied, f.hint = denied, denialHint(f.code, denied)
	if !denied {
		what = refusals[f.code]
	}
	f.remedy = remedies[f.code]
	var resp *smithyhttp.ResponseError
	if f.remedy == giveUp && !denied && errors.As(f.cause, &resp) && resp.HTTPStatusCode() >= 500 {
		f.remedy = wait
	}
	if what == "" {
		what = "refused"
	}
	f.message = what + " (" + redact(f.code) + ")"
	if told(f.code) && e.ErrorMessage() != "" {
		f.message += f.detail(e.ErrorMessage())
	}
}

// deniedPattern is what AWS says when a permission is missing: who, what, on what, and sometimes which kind of policy it was.
var deniedPattern = pattern(`^User: (\S+) is not authorized to perform: (\S+) on resource: (\S+?)( (?:because|with) .*)?$`)

// detail is AWS's message, without what the action says already.
func (f *failure) detail(message string) string {
	text := redact(message)
	m := deniedPattern().FindStringSubmatch(text)
	if m == nil || m[2] != f.action {
		return ": " + text
	}
	who, on, why := m[1], m[3], m[4]
	if on == "*" {
		return " to " + who + why
	}
	return " to " + who + " on " + on + why
}

// status is an answer without a code: what stands before AWS, or is not AWS.
func (f *failure) status(status int) {
	f.message = fmt.Sprintf("the answer is not AWS's (HTTP %d)", status)
	if status == http.StatusTooManyRequests || status >= 500 {
		f.remedy = wait
	}
}

// local is an error on this side: the network, or the credential chain.
func (f *failure) local(err error) {
	var plain *plainError
	var profile config.SharedConfigProfileNotExistError
	var dns *net.DNSError
	var garbled *smithy.DeserializationError
	switch {
	case errors.As(err, &plain):
		f.message = plain.Error()
	case errors.As(err, &profile):
		f.message, f.hint = "there is no such profile in the AWS configuration", hintProfile
	case errors.Is(err, context.DeadlineExceeded):
		f.unreached("no answer in time")
	case errors.As(err, &dns):
		f.unreached("the host " + redact(dns.Name) + " was not found")
	case errors.Is(err, syscall.ECONNREFUSED):
		f.unreached("the connection was refused")
	case errors.Is(err, errEmptyAnswer), errors.Is(err, errBigAnswer), errors.As(err, &garbled), errors.Is(err, errGarbled):
		f.message, f.remedy = "the answer could not be understood", again
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		f.unreached("the connection broke off")
	case isNetwork(err):
		f.unreached("the network failed: " + redact(innermost(err)))
	default:
		f.message = "the call could not be made: " + redact(innermost(err))
	}
}

// unreached is AWS that did not answer.
func (f *failure) unreached(message string) {
	f.message, f.remedy, f.hint = message, again, hintNetwork
}

// credentials is an error of the credential chain: no credentials, a metadata service that is silent, a file that is wrong.
func (f *failure) credentials(err error) {
	var plain *plainError
	var process *processcreds.ProviderError
	var api smithy.APIError
	f.denied, f.hint = true, hintCredentials
	switch {
	case errors.As(err, &plain):
		f.message = plain.Error()
	case errors.As(err, &process): // its text can hold what the process printed
		f.message = "the profile's credential_process gave no credentials"
	case errors.As(err, &api):
		f.code = api.ErrorCode()
		f.message = "no usable credentials (" + redact(api.ErrorCode()) + ")"
		f.remedy = remedies[f.code]
		if f.remedy != wait {
			f.remedy = giveUp
		}
		if told(f.code) {
			f.message += ": " + redact(api.ErrorMessage())
		}
	default:
		f.message = "no usable credentials: " + redact(innermost(err))
	}
}

// errGarbled is an answer that was read and makes no sense.
var errGarbled = errors.New("garbled answer")

func isNetwork(err error) bool {
	var n net.Error
	var send *smithyhttp.RequestSendError
	return errors.As(err, &n) || errors.As(err, &send)
}

// innermost is the text of the deepest error: the layers above it only repeat which operation it was.
func innermost(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
