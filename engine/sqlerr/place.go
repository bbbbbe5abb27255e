package sqlerr

// Place gives err the place where it arose, as a byte offset into the statement, if it is an *Error that has none: the innermost
// place is the best. An error that has to be changed is copied, because it may be one that others hold too. Any other err, and every
// err when offset is negative, comes back as it is.
func Place(err error, offset int) error {
	e, ok := err.(*Error)
	if !ok || e.Pos != 0 || offset < 0 {
		return err
	}
	placed := *e
	return placed.At(offset)
}
