-- title: Service users whose keys have not been used for N days
-- group: Unused
-- why: Jobs that have stopped, or that run elsewhere by now.
-- rule: A service user is one without a password and with an active key. The latest use of either key counts; never and
--   not known (reports of 2014) count from the younger key's creation.
-- parameter: days = 90, for how long a service may be silent
SELECT account_id, user, max(last_used) AS last_used, max(created_or_rotated) AS youngest_key, count(*) AS keys
FROM credsql.credentials c
WHERE kind = 'access_key' AND active
  AND NOT EXISTS (SELECT 1 FROM credsql.credentials p WHERE p.arn = c.arn AND p.kind = 'password')
GROUP BY account_id, user
HAVING COALESCE(max(last_used), max(created_or_rotated)) <= NOW() - :days * INTERVAL '1 day'
ORDER BY COALESCE(max(last_used), max(created_or_rotated)), account_id, user;
