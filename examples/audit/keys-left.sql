-- title: Inactive access keys that were not deleted
-- group: Access keys
-- why: An inactive key can be activated again by anyone who may, and then works as before.
-- rule: No benchmark fails them. A key exists if it has a date of rotation: access_key_N_active = false alone is also what AWS writes where there is
--   none. last_used is NULL for never and for not known.
SELECT account_id, user, slot, created_or_rotated AS created, last_used
FROM credsql.credentials
WHERE kind = 'access_key' AND NOT active
ORDER BY account_id, user, slot;
