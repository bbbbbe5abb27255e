package awssim

import (
	"sync"
	"time"
)

// report is the one report of an account and the generation under way.
type report struct {
	mu        sync.Mutex
	generated time.Time // zero: none exists
	started   time.Time // zero: no generation under way
	answer    []byte    // the encoded answer of GetCredentialReport, kept if the simulation is told to
}

// settle ends a generation whose time has come.
func (r *report) settle(now time.Time, takes time.Duration) {
	if !r.started.IsZero() && !now.Before(r.started.Add(takes)) {
		r.generated = r.started.Add(takes).Truncate(time.Second)
		r.started = time.Time{}
		r.answer = nil
	}
}

// generate is GenerateCredentialReport: the state and its description.
func (r *report) generate(now time.Time, takes, keep time.Duration) (state, description string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.settle(now, takes)
	switch {
	case !r.started.IsZero():
		return "INPROGRESS", ""
	case !r.generated.IsZero() && now.Sub(r.generated) < keep:
		return "COMPLETE", ""
	case r.generated.IsZero():
		description = "No report exists. Starting a new report generation task"
	default:
		description = "Report is too old. Starting a new report generation task"
	}
	r.started = now
	return "STARTED", description
}

// get is GetCredentialReport: when the report was generated, or the error AWS gives.
func (r *report) get(now time.Time, takes, lifetime time.Duration) (time.Time, *apiError) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.settle(now, takes)
	switch {
	case !r.started.IsZero():
		return time.Time{}, &apiError{404, "ReportInProgress", "Unknown"}
	case r.generated.IsZero():
		return time.Time{}, &apiError{410, "ReportNotPresent", "Unknown"}
	case lifetime > 0 && now.Sub(r.generated) > lifetime:
		return time.Time{}, &apiError{410, "ReportExpired", "Unknown"}
	}
	return r.generated, nil
}

// current is when the present report was generated; zero if there is none.
func (r *report) current(now time.Time, takes time.Duration) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.settle(now, takes)
	return r.generated
}
