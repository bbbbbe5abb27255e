package awsiam

import (
	"net/url"
	"strings"
	"testing"
)

func TestPlainHTTPOnlyOnThisMachine(t *testing.T) {
	for endpoint, good := range map[string]bool{
		"https://iam.example.com": true, "http://127.0.0.1:5000": true, "http://localhost:5000": true, "http://[::1]:5000": true,
		"http://moto.localhost": true, "http://127.1.2.3": true, "http://[::ffff:127.0.0.1]:1": true,
		"http://example.com": false, "http://192.168.1.10:5000": false, "http://0.0.0.0:5000": false, "http://169.254.169.254": false,
		"http://127.0.0.1.example.com": false, "http://localhost.example.com": false, "http://[fe80::1]": false,
	} {
		if err := checkEndpoint(endpoint); (err == nil) != good {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

// TestEndpointOfEnvironment has the environment name an endpoint in the clear: no request may leave, whichever part of the
// SDK would make it.
func TestEndpointOfEnvironment(t *testing.T) {
	for _, own := range []bool{true, false} {
		w := worldOf(organizationOf(1), nil)
		w.setUpProfiles(t, "")
		t.Setenv("AWS_ENDPOINT_URL", "http://192.0.2.1:9")
		w.cfg.Endpoint = ""
		if !own {
			w.cfg.Transport = nil
		}
		w.cfg.Profiles = []string{"p0"}
		s := newSource(t, w.cfg)
		_, err := s.Snapshot(t.Context(), untagged)
		s.Close()
		if err == nil || !strings.Contains(err.Error(), "refused to ask 192.0.2.1:9 over plain http") {
			t.Errorf("own transport %v: %v", own, err)
		}
	}
}

func TestMetadataHostsAreNotRefusedToTheCredentialChain(t *testing.T) {
	for host, good := range map[string]bool{"169.254.169.254": true, "169.254.170.2": true, "[fd00:ec2::254]": true, "169.254.1.1": false} {
		u := &url.URL{Scheme: "http", Host: host}
		if _, err := proxyFor(requestTo(u)); (err == nil) != good {
			t.Errorf("%s: %v", host, err)
		}
	}
}
