package window

// partition is one partition of the rows. Places are counted within it.
type partition struct {
	rows  []int32 // place -> row
	peers []int32 // the place where each group of peers starts, and the length at the end
	group []int32 // place -> index into peers, made when it is asked for
}

// partition gives partition i with its groups of peers. tick ends it.
func (r *Rows) partition(i int, tick func() error) (*partition, error) {
	p := &partition{rows: r.positions(i)}
	if len(r.Order) == 0 {
		p.peers = []int32{0, int32(len(p.rows))}
		return p, nil
	}
	if r.compare == nil {
		r.compare = comparator(r.Order, r.Keys)
	}
	for at := range p.rows {
		if err := tick(); err != nil {
			return nil, err
		}
		if at == 0 || r.compare(p.rows[at-1], p.rows[at]) != 0 {
			p.peers = append(p.peers, int32(at))
		}
	}
	p.peers = append(p.peers, int32(len(p.rows)))
	return p, nil
}

func (p *partition) len() int { return len(p.rows) }

// groups is the number of groups of peers.
func (p *partition) groups() int { return len(p.peers) - 1 }

// groupOf is the group of peers that a place belongs to.
func (p *partition) groupOf(at int) int {
	if p.group == nil {
		p.group = make([]int32, len(p.rows))
		for g := range p.groups() {
			for i := p.peers[g]; i < p.peers[g+1]; i++ {
				p.group[i] = int32(g)
			}
		}
	}
	return int(p.group[at])
}

// peersOf is the span of the peers of a place, itself included.
func (p *partition) peersOf(at int) span {
	g := p.groupOf(at)
	return span{int(p.peers[g]), int(p.peers[g+1])}
}
