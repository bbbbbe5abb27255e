package awssim

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// signature is a request's Authorization header, taken apart.
type signature struct {
	key, service, region string
	headers              []string
	value                string
}

// parseSignature reads "AWS4-HMAC-SHA256 Credential=…/date/region/service/aws4_request, SignedHeaders=…, Signature=…".
func parseSignature(header string) (signature, bool) {
	rest, ok := strings.CutPrefix(header, "AWS4-HMAC-SHA256 ")
	if !ok {
		return signature{}, false
	}
	var sig signature
	for _, part := range strings.Split(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			scope := strings.Split(value, "/")
			if len(scope) != 5 || scope[4] != "aws4_request" {
				return signature{}, false
			}
			sig.key, sig.region, sig.service = scope[0], scope[2], scope[3]
		case "SignedHeaders":
			sig.headers = strings.Split(value, ";")
		case "Signature":
			sig.value = value
		}
	}
	return sig, sig.key != "" && sig.value != "" && len(sig.headers) > 0
}

// maxSkew is how far a request's date may be from AWS's clock.
const maxSkew = 5 * time.Minute

// check says whether a request was signed, in time, by the principal whose key it names; the signature is made again to compare.
func (sig signature) check(r *http.Request, body []byte, p *principal, now time.Time) *apiError {
	if p == nil || subtle.ConstantTimeCompare([]byte(p.token), []byte(r.Header.Get("X-Amz-Security-Token"))) != 1 {
		return &apiError{403, "InvalidClientTokenId", "The security token included in the request is invalid."}
	}
	if !p.expires.IsZero() && now.After(p.expires) {
		return &apiError{403, "ExpiredToken", "The security token included in the request is expired"}
	}
	date, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	if err != nil || date.Sub(now).Abs() > maxSkew {
		return &apiError{403, "SignatureDoesNotMatch", "Signature expired or not yet current"}
	}
	if !sig.matches(r, body, p, date) {
		return &apiError{403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided."}
	}
	return nil
}

func (sig signature) matches(r *http.Request, body []byte, p *principal, date time.Time) bool {
	again := &http.Request{
		Method: r.Method, Host: r.Host, ContentLength: r.ContentLength, Header: http.Header{},
		URL: &url.URL{Scheme: "https", Host: r.Host, Path: r.URL.Path, RawQuery: r.URL.RawQuery},
	}
	for _, h := range sig.headers {
		if h == "host" || h == "content-length" {
			continue
		}
		again.Header[http.CanonicalHeaderKey(h)] = r.Header.Values(h)
	}
	hash := sha256.Sum256(body)
	cred := aws.Credentials{AccessKeyID: sig.key, SecretAccessKey: p.secret, SessionToken: p.token}
	if v4.NewSigner().SignHTTP(r.Context(), cred, again, hex.EncodeToString(hash[:]), sig.service, sig.region, date) != nil {
		return false
	}
	want, ok := parseSignature(again.Header.Get("Authorization"))
	return ok && subtle.ConstantTimeCompare([]byte(want.value), []byte(sig.value)) == 1
}
