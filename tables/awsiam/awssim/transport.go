package awssim

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"syscall"
)

// Transport reaches the simulation without a socket: every request, whatever its host, is served in process. Its answers
// arrive, break off and reset as those of a network do.
func (s *Sim) Transport() http.RoundTripper { return inProcess{s} }

type inProcess struct{ handler http.Handler }

// RoundTrip serves one request. It returns when the handler has written the header, and the body follows as it is written.
func (t inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(r.Context())
	in := r.Clone(ctx)
	in.RequestURI = r.URL.RequestURI()
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	pr, pw := io.Pipe()
	w := &pipeWriter{header: http.Header{}, body: pw, ready: make(chan struct{})}
	go func() {
		defer cancel()
		defer in.Body.Close()
		w.finish(serve(t.handler, w, in))
	}()
	select {
	case <-w.ready:
	case <-r.Context().Done(): // not ctx, which also ends when the handler is done
		cancel()
		pr.CloseWithError(r.Context().Err())
		return nil, context.Cause(r.Context())
	}
	if w.failed != nil {
		return nil, w.failed
	}
	return w.response(r, &body{pr, cancel}), nil
}

// errReset is what a client sees of a connection that the other side dropped.
var errReset = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}

// serve runs the handler and says whether it aborted the connection.
func serve(h http.Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if e, ok := p.(error); !ok || !errors.Is(e, http.ErrAbortHandler) {
				panic(p)
			}
			err = errReset
		}
	}()
	h.ServeHTTP(w, r)
	return nil
}

// body is an answer's body; closing it early tells the handler.
type body struct {
	*io.PipeReader
	cancel context.CancelFunc
}

func (b *body) Close() error {
	b.cancel()
	return b.PipeReader.Close()
}

// pipeWriter is the handler's side of an answer.
type pipeWriter struct {
	header http.Header
	sent   http.Header // the header as it was when it was written
	status int
	body   *io.PipeWriter
	once   sync.Once
	ready  chan struct{}
	failed error
}

var _ http.Flusher = (*pipeWriter)(nil)

func (w *pipeWriter) Header() http.Header { return w.header }

func (w *pipeWriter) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.ready)
	})
}

func (w *pipeWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

// Flush does nothing: a pipe holds nothing back.
func (w *pipeWriter) Flush() {}

// finish ends the answer, well or with a dropped connection.
func (w *pipeWriter) finish(err error) {
	if err == nil {
		w.WriteHeader(http.StatusOK)
		w.body.Close()
		return
	}
	w.once.Do(func() {
		w.failed = err
		close(w.ready)
	})
	w.body.CloseWithError(io.ErrUnexpectedEOF)
}

func (w *pipeWriter) response(r *http.Request, body io.ReadCloser) *http.Response {
	length := int64(-1)
	if n, err := strconv.ParseInt(w.sent.Get("Content-Length"), 10, 64); err == nil {
		length = n
	}
	return &http.Response{
		Status: strconv.Itoa(w.status) + " " + http.StatusText(w.status), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: body, ContentLength: length, Request: r,
	}
}
