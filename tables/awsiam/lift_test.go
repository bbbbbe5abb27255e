package awsiam

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func requestTo(u *url.URL) *http.Request { return &http.Request{Method: http.MethodPost, URL: u} }

// canned answers every request with one body.
type canned struct {
	status int
	body   string
	length int64
}

func (c canned) Do(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: c.status, ContentLength: c.length, Body: io.NopCloser(strings.NewReader(c.body)), Request: r}, nil
}

func liftFrom(t testing.TB, c canned) (content []byte, rest string, err error) {
	ctx, l := withLift(t.Context())
	req := requestTo(&url.URL{Scheme: "https", Host: "sim.invalid"}).WithContext(ctx)
	resp, err := answers{c}.Do(req)
	if err != nil {
		return nil, "", err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return l.content, string(body), nil
}

func TestLift(t *testing.T) {
	text := base64.StdEncoding.EncodeToString([]byte("user,arn\nx,y"))
	cases := []struct {
		name, body string
		content    string
		rest       string // "" for the body itself
	}{
		{name: "as AWS sends it", body: "<R><Content>" + text + "</Content><ReportFormat>text/csv</ReportFormat></R>", content: "user,arn\nx,y", rest: "<R><Content></Content><ReportFormat>text/csv</ReportFormat></R>"},
		{name: "in lines", body: "<R><Content>\n" + text[:8] + "\r\n" + text[8:] + "\n</Content></R>", content: "user,arn\nx,y", rest: "<R><Content></Content></R>"},
		{name: "with entities", body: "<R><Content>" + text[:8] + "&#13;" + text[8:] + "</Content></R>"},
		{name: "cut off", body: "<R><Content>" + text},
		{name: "without content", body: "<R/>"},
		{name: "as a section", body: "<R><Content><![CDATA[" + text + "]]></Content></R>"},
	}
	for _, c := range cases {
		content, rest, err := liftFrom(t, canned{200, c.body, -1})
		if c.rest == "" {
			c.rest = c.body
		}
		if err != nil || string(content) != c.content || rest != c.rest {
			t.Errorf("%s: got %q, %q, %v", c.name, content, rest, err)
		}
	}
}

func TestAnswersThatAreRefused(t *testing.T) {
	cases := map[string]struct {
		canned
		want error
	}{
		"empty":       {canned{200, "", 0}, errEmptyAnswer},
		"empty, open": {canned{200, "", -1}, errEmptyAnswer},
		"short":       {canned{200, "<R>", 10}, io.ErrUnexpectedEOF},
		"huge":        {canned{200, "<R>", maxAnswer + 1}, errBigAnswer},
		"not base64":  {canned{200, "<R><Content>*</Content></R>", -1}, errGarbled},
	}
	for name, c := range cases {
		if _, _, err := liftFrom(t, c.canned); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, expected %v", name, err, c.want)
		}
	}
	if _, rest, err := liftFrom(t, canned{500, "", 0}); err != nil || rest != "" {
		t.Errorf("an error without a body: %q, %v", rest, err)
	}
}

// FuzzLift compares what is lifted with what the standard decoder makes of the text between the tags.
func FuzzLift(f *testing.F) {
	f.Add([]byte("<R><Content>dXNlcg==</Content></R>"))
	f.Add([]byte("<Content></Content>"))
	f.Add([]byte("<Content>&#10;</Content>"))
	f.Add([]byte("<Content><Content>YQ==</Content>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		l := &lifted{}
		rest, err := l.lift(bytes.Clone(body))
		if err != nil || l.content == nil {
			return
		}
		_, after, _ := bytes.Cut(body, contentStart)
		text, tail, _ := bytes.Cut(after, contentEnd)
		want, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(text)))
		if err != nil || !bytes.Equal(want, l.content) {
			t.Errorf("lifted %q, expected %q, %v", l.content, want, err)
		}
		if !bytes.HasSuffix(rest, append(bytes.Clone(contentEnd), tail...)) {
			t.Errorf("what is left ends as %q", rest)
		}
	})
}
