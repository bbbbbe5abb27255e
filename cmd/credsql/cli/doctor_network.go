package cli

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	// networkTime bounds the wait for an answer of AWS.
	networkTime = 10 * time.Second
	// clockWarn and clockBad are differences of clocks: AWS refuses requests whose time is more than five minutes off.
	clockWarn = time.Minute
	clockBad  = 5 * time.Minute
)

// checkNetwork asks for any answer of AWS, and compares its clock with ours.
func checkNetwork(ctx context.Context, a *app) []finding {
	if a.source.demo {
		return []finding{{verdict: good, about: "network", text: "not needed for the demo"}}
	}
	url := a.awsAddress()
	transport, err := a.doctorTransport()
	if err != nil {
		return []finding{{verdict: bad, about: "network", text: err.Error(), fix: "AWS_CA_BUNDLE is a file of certificates in PEM; correct or unset it"}}
	}
	ctx, cancel := context.WithTimeout(ctx, networkTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return []finding{{verdict: bad, about: "network", text: err.Error(), fix: "--endpoint and AWS_ENDPOINT_URL are addresses such as https://sts.amazonaws.com"}}
	}
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		return []finding{{verdict: bad, about: "network", text: err.Error(), fix: "AWS must be reached over https: see to DNS, firewall, HTTPS_PROXY and AWS_CA_BUNDLE; " +
			"--offline answers from the cache"}}
	}
	_ = answer.Body.Close()
	out := []finding{{verdict: good, about: "network", text: url + " answers"}}
	if theirs, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		out = append(out, clockFinding(a.io.Clock().Sub(theirs)))
	}
	return out
}

// awsAddress is where AWS is asked who the caller is, as flags and environment have it.
func (a *app) awsAddress() string {
	env := func(names ...string) string {
		for _, name := range names {
			if v, _ := a.io.Env(name); v != "" {
				return v
			}
		}
		return ""
	}
	if url := cmp.Or(a.source.live.endpoint, env("AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL")); url != "" {
		return url
	}
	switch region := cmp.Or(a.source.live.region, env("AWS_REGION", "AWS_DEFAULT_REGION")); {
	case region == "":
		return "https://sts.amazonaws.com"
	case strings.HasPrefix(region, "cn-"):
		return "https://sts." + region + ".amazonaws.com.cn"
	default:
		return "https://sts." + region + ".amazonaws.com"
	}
}

// doctorTransport is the network, with the certificates of AWS_CA_BUNDLE as the SDK has them.
func (a *app) doctorTransport() (http.RoundTripper, error) {
	bundle, _ := a.io.Env("AWS_CA_BUNDLE")
	if a.io.Transport != nil || bundle == "" {
		return a.io.Transport, nil
	}
	pem, err := readBounded(bundle, maxConfig)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate", bundle)
	}
	return &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}, nil
}

// clockFinding judges how far our clock is ahead of AWS's.
func clockFinding(ahead time.Duration) finding {
	off, way := ahead.Abs().Round(time.Second), "ahead of"
	if ahead < 0 {
		way = "behind"
	}
	f := finding{verdict: good, about: "clock", text: "agrees with AWS's"}
	if off >= clockWarn {
		f = finding{verdict: warning, about: "clock", text: fmt.Sprintf("%s %s AWS's", off, way), fix: "set the clock, by NTP: ages and requests go by it"}
	}
	if off >= clockBad {
		f.verdict = bad
	}
	return f
}
