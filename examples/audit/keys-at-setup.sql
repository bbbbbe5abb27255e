-- title: Console users who were given a key that they never used
-- group: Access keys
-- why: Keys that are made with the user, just in case, are a secret without a purpose.
-- rule: CIS 1.10 in v5 (dropped in v7): a password, and an active key whose use is N/A. The key must be as old as the user, within a minute; without
--   that, the audit text also finds keys that somebody made later. Root is left out.
--   A use that is NULL because the report has no such column (2014) is not never.
SELECT c.account_id, c.user, c.slot, c.created_or_rotated AS created
FROM credsql.credentials c
JOIN aws.iam_credential_report r ON r.arn = c.arn
WHERE c.kind = 'access_key' AND c.active AND c.use = 'never' AND r.password_enabled
  AND c.user <> '<root_account>' AND c.created_or_rotated < r.user_creation_time + INTERVAL '1 minute'
ORDER BY c.account_id, c.user, c.slot;
