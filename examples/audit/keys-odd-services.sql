-- title: Keys last used for a service that few others are used for
-- group: Access keys
-- why: What one key alone does is worth a look: an attacker's first calls, or a forgotten job.
-- rule: Services are counted over all accounts, by the last use of active keys; NULL is not counted. Names are AWS's namespaces.
-- parameter: keys = 2, up to how many keys make a service odd
WITH used AS (
  SELECT account_id, user, slot, service, region, last_used, count(*) OVER (PARTITION BY service) AS keys
  FROM credsql.credentials
  WHERE kind = 'access_key' AND active AND service IS NOT NULL)
SELECT service, keys, account_id, user, slot, region, last_used
FROM used
WHERE keys <= :keys
ORDER BY keys, service, account_id, user, slot;
