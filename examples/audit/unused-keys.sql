-- title: Active keys not used for N days
-- group: Unused
-- why: The program that had it is gone, the key is not.
-- rule: The key half of unused-credentials; both slots are looked at, where some tools stop at the first. Root is in: an idle key of root is the
--   easiest to delete. A last use that is NULL counts from the key's creation.
-- parameter: days = 45, for how long a key may lie idle
SELECT account_id, user, slot, use, last_used, created_or_rotated AS created
FROM credsql.credentials
WHERE kind = 'access_key' AND active AND COALESCE(last_used, created_or_rotated) <= NOW() - :days * INTERVAL '1 day'
ORDER BY COALESCE(last_used, created_or_rotated), account_id, user, slot;
