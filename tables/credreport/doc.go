// Package credreport is AWS's IAM credential report: its CSV decoded into typed columns, and the tables made of it.
//
// Reading has two phases. Inspect splits a file into records and checks all of its structure: the number of fields, the
// quotes, the ARN of every row. Only then are columns converted, and only those that were asked for, so that a question
// about three columns does not pay for twenty-five, and no question sees half a file.
//
// A Report is one account's report. Its rows live in blocks, which may hold many reports side by side: the batches that a
// scan gives are blocks as they are. Values that AWS writes in place of a date or a flag (N/A, no_information,
// not_supported) are NULL in the columns; which of them it was is kept beside the column as a Sentinel.
//
// The package knows no SQL and does no input or output: files and awsiam bring the bytes.
package credreport
