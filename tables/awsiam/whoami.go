package awsiam

import "context"

// Caller is whose credentials enter the accounts.
type Caller struct {
	ARN, Account, Partition string
	Endpoint                string // in place of AWS's own; empty: AWS's
}

// Whoami asks STS whose the credentials are, which needs no permission: the first profile's, or those of the default chain. The error
// is an *Error.
func (s *Source) Whoami(ctx context.Context) (Caller, error) {
	calls := s.patience(nil)
	defer calls.release()
	d := &discovery{cfg: &s.cfg, clients: &s.clients, calls: calls}
	l, who, f := d.enter(ctx, s.cfg.base(), "")
	if f != nil {
		return Caller{}, f.whole()
	}
	return Caller{ARN: who.arn, Account: who.account, Partition: who.partition, Endpoint: l.services.endpoint}, nil
}
