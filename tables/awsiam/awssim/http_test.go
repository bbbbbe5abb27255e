package awssim

import (
	"bytes"
	"io"
	"net/http"
)

// roundTripper is an HTTP client for the SDK that reaches a simulation in process.
type roundTripper struct{ sim *Sim }

func (r roundTripper) Do(req *http.Request) (*http.Response, error) {
	return r.sim.Transport().RoundTrip(req)
}

// wholeAnswers is an HTTP client that reads every answer before it gives it to the SDK. The SDK closes the request's body as
// soon as it has the header of the answer; if net/http has not seen the end of that body by then, it drops the connection,
// and the answer breaks off.
type wholeAnswers struct{ client *http.Client }

func (w wholeAnswers) Do(req *http.Request) (*http.Response, error) {
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}
