-- title: Inactive access keys of root that were not deleted
-- group: Root
-- why: Whoever becomes root can activate such a key again, and nobody will notice a key that has always been there.
-- rule: No benchmark asks for it: access_key_N_active is false both for no key and for an inactive one. A date of rotation tells that there is one.
--   last_used is NULL for never and for not known.
SELECT account_id, slot, created_or_rotated AS created, last_used
FROM credsql.credentials
WHERE user = '<root_account>' AND kind = 'access_key' AND NOT active
ORDER BY account_id, slot;
