package awsiam

import (
	"time"

	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// Demo is the Config of the demonstration: a simulated organization of twelve accounts in this process, read by the same code
// as any other. It opens no socket, reads no environment and no file, and needs no credentials. The fields that say how to
// read may be changed before New; those that say which accounts are Org's.
func Demo(clock func() time.Time) Config {
	sim := awssim.New(awssim.Options{Organization: awssim.Demo(clock()), Clock: clock})
	id, secret := sim.Credentials(awssim.DemoManagement)
	return Config{
		Org: true, OrgRole: awssim.DemoRole, Region: "us-east-1", Endpoint: "https://demo.invalid", Transport: sim.Transport(), Clock: clock,
		static: &staticCredentials{id: id, secret: secret, region: "us-east-1"},
	}
}
