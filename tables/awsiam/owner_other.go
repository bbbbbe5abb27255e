//go:build !unix

package awsiam

import "io/fs"

// ownFile is not known here: the folder is in the user's profile, and the checksum is checked.
func ownFile(fs.FileInfo) bool { return true }
