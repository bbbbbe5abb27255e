package awssim

import (
	"bytes"
	"net/http"
	"strconv"
	"time"
)

// deliver writes an answer, spoiled as the fault says.
func (s *Sim) deliver(w http.ResponseWriter, r *http.Request, a answer, f *Fault, now time.Time) {
	if f == nil {
		f = &Fault{}
	}
	if f.Delay > 0 && f.Spoil != SpoilTrickle {
		s.opt.Sleep(r.Context(), f.Delay)
		if r.Context().Err() != nil {
			panic(http.ErrAbortHandler) // nobody listens any more
		}
	}
	h := w.Header()
	h.Set("Content-Type", a.mime)
	h.Set("X-Amzn-Requestid", requestID)
	h.Set("Date", now.UTC().Format(http.TimeFormat))
	if a.code != "" {
		h.Set("X-Amzn-Errortype", a.code)
	}
	body, length := f.spoil(a.body)
	if f.Spoil == SpoilReset {
		panic(http.ErrAbortHandler) // how net/http is told to drop the connection
	}
	h.Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(a.status)
	if f.Spoil == SpoilTrickle {
		s.trickle(w, r, body, f.Delay)
		return
	}
	_, _ = w.Write(body) // a client that went away is not our business
	if len(body) < length {
		if fl, ok := w.(http.Flusher); ok {
			fl.Flush()
		}
		panic(http.ErrAbortHandler)
	}
}

// spoil is the body to send and the length to promise.
func (f *Fault) spoil(body []byte) ([]byte, int) {
	switch f.Spoil {
	case SpoilTruncate:
		return body[:len(body)/2], len(body)
	case SpoilCut:
		return body[:len(body)/2], len(body) / 2
	case SpoilEmpty:
		return nil, 0
	case SpoilReplace:
		return []byte(f.Body), len(f.Body)
	case SpoilBase64:
		body = bytes.Replace(body, []byte("<Content>"), []byte("<Content>*?*?"), 1)
	}
	return body, len(body)
}

func (s *Sim) trickle(w http.ResponseWriter, r *http.Request, body []byte, pause time.Duration) {
	size := len(body)/16 + 1
	for len(body) > 0 && r.Context().Err() == nil {
		n := min(size, len(body))
		_, _ = w.Write(body[:n]) // as above
		body = body[n:]
		if fl, ok := w.(http.Flusher); ok {
			fl.Flush()
		}
		s.opt.Sleep(r.Context(), pause)
	}
}
