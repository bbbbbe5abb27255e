package awssim

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// FuzzServe sends requests of any kind: the simulation answers each, and never breaks.
func FuzzServe(f *testing.F) {
	f.Add("AWS4-HMAC-SHA256 Credential=AKIAX/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00", "", []byte("Action=GetCredentialReport&Version=2010-05-08"))
	f.Add("AWS4-HMAC-SHA256 Credential=AKIAX/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00", "", []byte("Action=AssumeRole&RoleArn=arn:aws:iam::1:role/"))
	f.Add("AWS4-HMAC-SHA256 Credential=AKIAX/20260101/us-east-1/organizations/aws4_request, SignedHeaders=host, Signature=00", "AWSOrganizationsV20161128.ListAccounts", []byte(`{"NextToken":"e-1"}`))
	s := New(Options{Organization: testOrganization(), Clock: time.Now})
	id, _ := s.Credentials(testAccount)
	who := s.sessions.find(id)
	f.Fuzz(func(t *testing.T, authorization, target string, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "https://sim.invalid/", bytes.NewReader(body))
		r.Header.Set("Authorization", authorization)
		r.Header.Set("X-Amz-Target", target)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code < 400 {
			t.Errorf("an unsigned request is answered with %d", w.Code)
		}
		// Behind the signature: what a signed caller may send.
		sig, _ := parseSignature(authorization)
		req := &request{service: sig.service, who: who, now: time.Now()}
		if req.parse(r, body) == nil {
			s.act(req)
		}
	})
}
