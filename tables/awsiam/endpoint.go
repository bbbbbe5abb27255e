package awsiam

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// metadataHosts answer over plain http by design, on the machine's own link: instance and container credentials. The SDK's
// credential chain asks them; no API call goes there.
var metadataHosts = []string{"169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23"}

// checkEndpoint refuses an endpoint that would send signed requests, and the reports they ask for, over the network in the clear.
func checkEndpoint(endpoint string) error {
	if endpoint == "" {
		return nil
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("the endpoint %q is not a URL: https://host[:port]", endpoint)
	}
	if u.User != nil {
		return fmt.Errorf("the endpoint %s holds a user name or password; give the address alone", u.Redacted())
	}
	return checkPlain(u)
}

// checkPlain refuses plain http beyond this machine.
func checkPlain(u *url.URL) error {
	if u.Scheme != "http" || isLoopback(u.Hostname()) {
		return nil
	}
	return &plainError{u.Host}
}

// plainError is a request that would have gone out in the clear.
type plainError struct{ host string }

func (e *plainError) Error() string {
	return fmt.Sprintf("refused to ask %s over plain http: credentials and reports would cross the network in the clear; use https", e.host)
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// proxyFor is the transport's Proxy function: the one hook that sees every request of the SDK's credential chain too, whose
// endpoints come from the environment and from profiles. So it guards them all.
func proxyFor(r *http.Request) (*url.URL, error) {
	if err := checkRequest(r); err != nil {
		return nil, err
	}
	return http.ProxyFromEnvironment(r)
}

// checkRequest refuses a request that would go out in the clear, but for those that the machine's own link answers.
func checkRequest(r *http.Request) error {
	if slices.Contains(metadataHosts, r.URL.Hostname()) {
		return nil
	}
	return checkPlain(r.URL)
}

// guarded refuses plain http in front of a transport that was given.
type guarded struct{ next http.RoundTripper }

func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := checkRequest(r); err != nil {
		return nil, err
	}
	return g.next.RoundTrip(r)
}
