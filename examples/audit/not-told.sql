-- title: What the reports do not tell
-- group: Fleet
-- why: Where AWS writes not_supported, a check can neither pass nor fail. Know how many rows that is.
-- rule: From the raw text: in the typed table such values are NULL, and so is N/A, which means that there is nothing to tell.
SELECT account_id,
       count(*) FILTER (WHERE password_enabled = 'not_supported') AS password_enabled,
       count(*) FILTER (WHERE password_last_changed = 'not_supported') AS password_last_changed,
       count(*) FILTER (WHERE password_last_used = 'not_supported') AS password_last_used,
       count(*) FILTER (WHERE access_key_1_last_used_date IS NULL) AS no_column_of_key_use
FROM credsql.raw_report
GROUP BY account_id
HAVING count(*) FILTER (WHERE password_enabled = 'not_supported' OR password_last_changed = 'not_supported' OR password_last_used = 'not_supported') > 0
    OR count(access_key_1_last_used_date) < count(*)
ORDER BY account_id;
