-- title: Users who were created and never used
-- group: Unused
-- why: Made for a project that did not happen, or for somebody who did not come.
-- rule: A password or an active key, no use of any, not even of a key that is inactive by now, and created at least N days ago. Reports of 2014
--   do not have the columns of keys: there use is unknown, which is not the same as never, and is shown as such.
-- parameter: days = 30, how long a new user may wait
SELECT c.account_id, c.user, r.user_creation_time,
       bool_or(c.kind = 'password') AS console, bool_or(c.kind = 'access_key') AS keys,
       CASE WHEN bool_or(c.use = 'unknown') THEN 'unknown' ELSE 'never' END AS use
FROM credsql.credentials c
JOIN aws.iam_credential_report r ON r.arn = c.arn
WHERE c.user <> '<root_account>' AND c.kind <> 'certificate' AND r.user_creation_time <= NOW() - :days * INTERVAL '1 day'
GROUP BY c.account_id, c.user, r.user_creation_time
HAVING bool_or(c.active) AND NOT bool_or(c.use = 'used')
ORDER BY r.user_creation_time, c.account_id, c.user;
