-- title: Users and their credentials, by account
-- group: Summaries
-- why: Where to begin.
-- rule: Root is not counted, but for root_active_keys. Percentages are left to you: the counts can be added up. NULL counts as no.
SELECT account_id,
       count(*) FILTER (WHERE user <> '<root_account>') AS users,
       count(*) FILTER (WHERE user <> '<root_account>' AND password_enabled) AS console,
       count(*) FILTER (WHERE user <> '<root_account>' AND password_enabled AND NOT mfa_active) AS no_mfa,
       count(*) FILTER (WHERE user <> '<root_account>' AND (access_key_1_active OR access_key_2_active)) AS with_keys,
       count(*) FILTER (WHERE access_key_1_active AND access_key_2_active) AS two_keys,
       count(*) FILTER (WHERE user = '<root_account>' AND (access_key_1_active OR access_key_2_active)) AS root_active_keys
FROM aws.iam_credential_report
GROUP BY account_id
ORDER BY account_id;
