package awssim

import "net/http"

// roundTripper is an HTTP client for the SDK that reaches a simulation in process.
type roundTripper struct{ sim *Sim }

func (r roundTripper) Do(req *http.Request) (*http.Response, error) {
	return r.sim.Transport().RoundTrip(req)
}
