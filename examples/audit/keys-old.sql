-- title: Active access keys older than the limit
-- group: Access keys
-- why: A key that was never changed may have leaked at any time since it was made.
-- rule: CIS 1.13 in v5, 2.12 in v7 and Security Hub IAM.3: active, and created more than 90 days ago; exactly 90 passes. Inactive keys do not fail.
--   AWS Config leaves root out, Prowler does not: here root is in, for an old key of root is the worst of them. Rotation is the key's creation;
--   activating it does not change it.
--   A key without a date (NULL) is not listed.
-- parameter: days = 90, how old a key may be
SELECT account_id, user, slot, created_or_rotated AS created, last_used
FROM credsql.credentials
WHERE kind = 'access_key' AND active AND created_or_rotated < NOW() - :days * INTERVAL '1 day'
ORDER BY created_or_rotated, account_id, user, slot;
