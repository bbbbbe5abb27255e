-- title: Users without any credential
-- group: Unused
-- why: They can do nothing, but their policies wait for the next key.
-- rule: No password, no key (not even an inactive one), no certificate. SSH keys and service-specific credentials are not in the report: look before
--   you delete. A password of which nothing is told (NULL) is none.
SELECT r.account_id, r.user, r.user_creation_time
FROM aws.iam_credential_report r
WHERE r.user <> '<root_account>'
  AND NOT EXISTS (SELECT 1 FROM credsql.credentials c WHERE c.arn = r.arn)
ORDER BY r.account_id, r.user;
