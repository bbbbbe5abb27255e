-- title: Users created lately
-- group: Summaries
-- why: New users are where an attacker stays, and where habits show.
-- rule: By user_creation_time; root is left out, for its time is the account's. A row whose time is NULL is not listed.
-- parameter: days = 30, how many days back
SELECT account_id, user, user_creation_time, password_enabled AS console, mfa_active, access_key_1_active OR access_key_2_active AS keys
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND user_creation_time > NOW() - :days * INTERVAL '1 day'
ORDER BY user_creation_time DESC, account_id, user;
