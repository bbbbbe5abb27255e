-- title: Users, missing MFA and old keys, by team
-- group: Summaries
-- why: Findings are mended by teams, not by accounts.
-- rule: The team is a tag of the IAM user; change its key with the parameter. Users without the tag stand under (none), those whose tags were not
--   read, as always from files, under (not read). Root has no tags and is left out.
-- parameter: tag = team, the key of the tag
-- parameter: days = 90, how old a key may be
SELECT CASE WHEN tags IS NULL THEN '(not read)' ELSE COALESCE(tags->:'tag', '(none)') END AS team,
       count(*) AS users,
       count(*) FILTER (WHERE password_enabled AND NOT mfa_active) AS console_no_mfa,
       count(*) FILTER (WHERE access_key_1_active AND access_key_1_last_rotated < NOW() - :days * INTERVAL '1 day'
                           OR access_key_2_active AND access_key_2_last_rotated < NOW() - :days * INTERVAL '1 day') AS with_old_keys
FROM aws.iam_credential_report
WHERE user <> '<root_account>'
GROUP BY 1
ORDER BY users DESC, team;
