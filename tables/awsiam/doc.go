// Package awsiam reads credential reports from AWS: it finds the accounts, enters each with its role, has the report
// generated where it must, fetches it and the users' tags, keeps both on disk, and says of every account how it stands.
//
// It is the only importer of the AWS SDK (with its simulated AWS, awssim). It knows no SQL and prints nothing: what went
// wrong is in a snapshot's coverage and notices. No error, notice, log line or cache file holds a secret.
package awsiam
