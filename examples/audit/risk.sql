-- title: The users with the most against them
-- group: Summaries
-- why: Few users have most of the findings: mend these and half is done.
-- rule: A point each for a console password without MFA, a key older than the limit (each), two active keys, an idle credential of 90 days (each),
--   keys beside a password; three for an active key of root. Points are a way to sort, no measure. What is NULL, not told, gives no point.
-- parameter: days = 90, how old a key may be
WITH each AS (
  SELECT account_id, user, arn,
         count(*) FILTER (WHERE kind = 'access_key' AND created_or_rotated < NOW() - :days * INTERVAL '1 day') AS old_keys,
         count(*) FILTER (WHERE COALESCE(last_used, created_or_rotated) <= NOW() - INTERVAL '90 days') AS idle,
         count(*) FILTER (WHERE kind = 'access_key') AS keys,
         count(*) FILTER (WHERE kind = 'password') AS passwords
  FROM credsql.credentials
  WHERE active AND kind <> 'certificate'
  GROUP BY account_id, user, arn),
points AS (
  SELECT e.account_id, e.user, e.old_keys, e.idle, e.keys, e.passwords = 1 AND NOT r.mfa_active AS no_mfa,
         CASE WHEN e.passwords = 1 AND NOT r.mfa_active THEN 1 ELSE 0 END + e.old_keys + e.idle
         + CASE WHEN e.keys = 2 THEN 1 ELSE 0 END + CASE WHEN e.keys > 0 AND e.passwords = 1 THEN 1 ELSE 0 END
         + CASE WHEN e.user = '<root_account>' AND e.keys > 0 THEN 3 ELSE 0 END AS points
  FROM each e
  JOIN aws.iam_credential_report r ON r.arn = e.arn)
SELECT points, account_id, user, no_mfa, old_keys, idle, keys
FROM points
WHERE points > 0
ORDER BY points DESC, account_id, user
LIMIT 20;
