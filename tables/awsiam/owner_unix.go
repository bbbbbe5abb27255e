//go:build unix

package awsiam

import (
	"io/fs"
	"os"
	"syscall"
)

// ownFile says whether a file belongs to the user that runs this process.
func ownFile(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
