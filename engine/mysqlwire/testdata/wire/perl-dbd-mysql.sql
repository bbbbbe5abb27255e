-- What it sends, captured.
select user from iam_credential_report;
DESCRIBE `aws`.`iam_credential_report` '%';
-- COM_QUIT
