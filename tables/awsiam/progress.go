package awsiam

import "sync"

// meter counts how far fetching is and tells Config.Progress, one change at a time.
type meter struct {
	mu   sync.Mutex
	now  Progress
	tell func(Progress)
}

func (m *meter) change(f func(p *Progress)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f(&m.now)
	m.tell(m.now)
}

// expect adds accounts that are going to be fetched.
func (m *meter) expect(n int) { m.change(func(p *Progress) { p.Accounts += n }) }

func (m *meter) listed(n int) { m.change(func(p *Progress) { p.Listed = n }) }

func (m *meter) waiting(begins bool) {
	m.change(func(p *Progress) {
		if begins {
			p.Waiting++
		} else {
			p.Waiting--
		}
	})
}

// end counts an account that is done, for a flight that fetched a report.
func (m *meter) end(out outcome) {
	m.change(func(p *Progress) {
		if out.report == nil {
			p.Failed++
			return
		}
		p.Done++
		p.Rows += int64(out.report.Rows())
	})
}
