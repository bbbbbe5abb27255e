-- title: What keys were last used for, by service
-- group: Summaries
-- why: What the keys are for, and which services could be reached by roles instead.
-- rule: Active keys by the service of their last use; (never) are those without one. The report knows the last use alone.
SELECT COALESCE(service, CASE use WHEN 'used' THEN '(not told)' ELSE '(' || use || ')' END) AS service,
       count(*) AS keys, count(DISTINCT account_id) AS accounts, max(last_used) AS last_used
FROM credsql.credentials
WHERE kind = 'access_key' AND active
GROUP BY 1
ORDER BY keys DESC, service;
