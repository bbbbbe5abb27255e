package awsiam

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// The SDK's XML decoder needs 15 ms for a megabyte of report. So the report's content is lifted out of GetCredentialReport's
// answer before the decoder sees it: the body is read at once, the base64 text between <Content> and </Content> is decoded,
// and the SDK is given the rest.
//
// Reading the whole body before the SDK gets the answer has a second reason. smithy-go closes the request's body as soon as
// it has the answer's header (transport/http/client.go). If net/http's write loop has not seen the end of that body by then,
// it takes the closing for a failure and drops the connection, with the answer half read: the SDK tries again after a pause.
// A near and fast server so made the plain SDK stall: 35 s for a thousand reports, two at a time.

// lifted is where a call's report goes. The content's memory is used again after release.
type lifted struct {
	content []byte
	buf     *bytes.Buffer
}

// release gives the content's memory back.
func (l *lifted) release() {
	if l.buf != nil {
		l.content = nil
		contents.Put(l.buf)
		l.buf = nil
	}
}

// contents keeps buffers that have held reports.
var contents = sync.Pool{New: func() any { return new(bytes.Buffer) }}

type liftedKey struct{}

// withLift asks for the report of the call made with the context.
func withLift(ctx context.Context) (context.Context, *lifted) {
	l := &lifted{}
	return context.WithValue(ctx, liftedKey{}, l), l
}

// httpDoer is what the SDK calls its HTTP client.
type httpDoer interface {
	Do(*http.Request) (*http.Response, error)
}

// answers is the HTTP client under the SDK: it lifts reports, and refuses answers that the SDK would take for empty results.
type answers struct{ next httpDoer }

// maxAnswer is far above any answer of IAM: a report of 5,000 users is 1.7 MB of base64.
const maxAnswer = 256 << 20

var (
	errEmptyAnswer = errors.New("the answer is empty")
	errBigAnswer   = errors.New("the answer is larger than any that AWS gives")
)

// Do makes one request. The whole body is read before it returns.
func (a answers) Do(r *http.Request) (*http.Response, error) {
	resp, err := a.next.Do(r)
	if err != nil {
		return nil, err
	}
	buf, _ := bodies.Get().(*bytes.Buffer)
	buf.Reset()
	if err := readBody(buf, resp); err != nil {
		bodies.Put(buf)
		return nil, err
	}
	body := buf.Bytes()
	if l, ok := r.Context().Value(liftedKey{}).(*lifted); ok && resp.StatusCode == http.StatusOK {
		if body, err = l.lift(body); err != nil {
			bodies.Put(buf)
			return nil, err
		}
	}
	resp.Body = &pooledBody{Reader: bytes.NewReader(body), buf: buf}
	resp.ContentLength = int64(len(body))
	return resp, nil
}

// bodies keeps buffers that have grown to the size of a report.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readBody reads an answer whole. The SDK takes a success without a body for an empty result, so that is refused here.
func readBody(buf *bytes.Buffer, resp *http.Response) error {
	defer resp.Body.Close()
	if resp.ContentLength > maxAnswer {
		return errBigAnswer
	}
	if resp.ContentLength > 0 {
		buf.Grow(int(resp.ContentLength) + bytes.MinRead)
	}
	n, err := buf.ReadFrom(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return fmt.Errorf("read answer: %w", err)
	case n > maxAnswer:
		return errBigAnswer
	case n == 0 && resp.StatusCode == http.StatusOK:
		return errEmptyAnswer
	case n < resp.ContentLength:
		return fmt.Errorf("read answer: %w", io.ErrUnexpectedEOF)
	}
	return nil
}

// pooledBody gives its buffer back when the SDK closes it.
type pooledBody struct {
	*bytes.Reader
	buf *bytes.Buffer
}

func (p *pooledBody) Close() error {
	if p.buf != nil {
		p.Reset(nil)
		bodies.Put(p.buf)
		p.buf = nil
	}
	return nil
}

var (
	contentStart = []byte("<Content>")
	contentEnd   = []byte("</Content>")
)

// lift decodes the content and gives the body without it, in place. An answer of another shape, or whose content is written
// with XML entities, is left for the SDK.
func (l *lifted) lift(body []byte) ([]byte, error) {
	start := bytes.Index(body, contentStart)
	if start < 0 {
		return body, nil
	}
	start += len(contentStart)
	length := bytes.IndexByte(body[start:], '<')
	if length < 0 || !bytes.HasPrefix(body[start+length:], contentEnd) {
		return body, nil // cut off: the decoder will say so
	}
	text := body[start : start+length]
	if bytes.IndexByte(text, '&') >= 0 {
		return body, nil
	}
	text = bytes.TrimSpace(text)
	l.release()
	l.buf, _ = contents.Get().(*bytes.Buffer)
	l.buf.Reset()
	l.buf.Grow(base64.StdEncoding.DecodedLen(len(text)))
	content, err := base64.StdEncoding.AppendDecode(l.buf.AvailableBuffer(), text)
	if err != nil {
		return nil, fmt.Errorf("%w: decode report: %w", errGarbled, err)
	}
	l.content = content
	return append(body[:start], body[start+length:]...), nil
}
