-- title: Root users that can sign in without MFA
-- group: Root
-- why: The root user of an account can do everything in it and cannot be limited. A password alone must not be enough to become root.
-- rule: CIS 1.4 (v5) and 2.5 (v7): it fails when MFA is off and a password is there. Members that were created without root credentials
--   have no password, so they pass; a check of mfa_active alone reports them all. Old reports say not_supported of root's password,
--   which is NULL: those are listed with MFA off, and unknown says that the report does not tell. GovCloud's root never signs in, and is left out.
SELECT account_id, password_enabled, password_enabled IS NULL AS unknown, password_last_used
FROM aws.iam_credential_report
WHERE user = '<root_account>'
  AND NOT mfa_active
  AND password_enabled IS DISTINCT FROM false
  AND arn NOT LIKE 'arn:aws-us-gov:%'
ORDER BY account_id;
