package awsiam

// What to do about the failures that a user can mend.
const (
	hintDenied      = "the permissions that are needed, as policies to copy, are in docs/live.md"
	hintCredentials = "sign in (aws sso login), name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; " +
		"credsql doctor looks into it, and --demo needs no credentials"
	hintProfile = "aws configure list-profiles lists those that there are"
	hintClock   = "set this machine's clock, and see that the secret is the access key's; credsql doctor compares the clock with AWS's"
	hintNetwork = "AWS must be reached over https: see to DNS, firewall, HTTPS_PROXY and AWS_CA_BUNDLE; credsql doctor looks into it, " +
		"--offline answers from the cache"
)

// denialHint is what to do about an error that AWS gave a code: about permissions, about credentials, or about the clock.
func denialHint(code string, denied bool) string {
	switch code {
	case "InvalidClientTokenId", "UnrecognizedClientException", "MissingAuthenticationToken", "AuthFailure", "ExpiredToken", "ExpiredTokenException":
		return hintCredentials
	case "SignatureDoesNotMatch", "InvalidSignatureException", "RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture":
		return hintClock
	}
	if denied {
		return hintDenied
	}
	return ""
}
