package budget

import "github.com/credsql/credsql/engine/column"

// reserve is how much an account takes from its budget at a time, so that a row costs no atomic operation.
const reserve = 64 << 10

// Account is what one operator holds of a budget. It belongs to one goroutine. The zero Account has no limit.
type Account struct {
	budget *Budget
	used   int64
	held   int64 // taken from the budget: used, rounded up
}

// Account opens an account. Its owner closes it.
func (b *Budget) Account() *Account { return &Account{budget: b} }

// Grow takes n more bytes, or gives the error that the statement ends with.
func (a *Account) Grow(n int64) error {
	if missing := a.used + n - a.held; missing > 0 {
		step := max(missing, reserve)
		err := a.budget.Grow(step)
		if err != nil && step > missing {
			step = missing
			err = a.budget.Grow(step)
		}
		if err != nil {
			return err
		}
		a.held += step
	}
	a.used += n
	return nil
}

// GrowRow takes the bytes of a row that is kept.
func (a *Account) GrowRow(row []column.Value) error { return a.Grow(SizeOfRow(row)) }

// Used is what the account holds, in bytes.
func (a *Account) Used() int64 { return a.used }

// Close gives everything back. The account may be used again.
func (a *Account) Close() {
	a.budget.Release(a.held)
	a.used, a.held = 0, 0
}
