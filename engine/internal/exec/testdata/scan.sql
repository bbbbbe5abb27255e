-- filters, projections and conditions over r: id, few, many, n, f, b, at, one, none
SELECT * FROM r
SELECT id FROM r WHERE n < 3
SELECT id FROM r WHERE n <= 3 AND f > 2.5
SELECT id FROM r WHERE NOT (n <= 3 OR f > 2.5)
SELECT id FROM r WHERE n <> 3 AND b
SELECT id FROM r WHERE NOT b
SELECT id FROM r WHERE b IS NOT TRUE
SELECT id FROM r WHERE b IS UNKNOWN OR n IS NULL
SELECT id, n > 2, n >= 2, n = 2, 2 < n, 2 <> n FROM r
SELECT id, f > 2.5, f >= 'NaN', f = 'NaN', f < 'NaN', f <= 'NaN', f <> 'Infinity', f = 0 FROM r
SELECT id, few = 'red', few <> 'red', few < 'green', few <= 'green', few > 'blue', few >= 'blue' FROM r
SELECT id, many = 'user-3', many < 'user-5', 'user-7' <= many FROM r
SELECT id, few < many, few = many, few >= one, one <> few, few = few FROM r
SELECT id, n < id, n = id, f < n, f <= f, f = f, b = (n > 3), b < (n > 3), b >= (n > 3) FROM r
SELECT id, at < TIMESTAMP '2023-12-01', at >= TIMESTAMP '2023-12-01' + INTERVAL '3 days' FROM r
SELECT id, at - INTERVAL '1 day', at + INTERVAL '1 month' > TIMESTAMP '2024-01-01' FROM r
SELECT id, n IN (1, 2, 3), n NOT IN (1, 2, 3, 4, 5, 6, 7, 8), n IN (1, NULL), n NOT IN (1, NULL) FROM r
SELECT id, few IN ('red', 'blue', 'x'), many NOT IN ('user-1', 'user-2'), few IN ('red', NULL), f IN (1, 2.5, 'NaN') FROM r
SELECT id, one = 'const', one = 'x', one IN ('const', 'y'), none IS NULL, none = 1, none IN (1, 2) FROM r
SELECT id FROM r WHERE many LIKE '%ser-1%'
SELECT id FROM r WHERE few LIKE 'b%' OR few ILIKE 'B%'
SELECT id FROM r WHERE many LIKE 'user-_' AND n > 0
SELECT id, upper(few), length(many), few || many, lower(one) FROM r
SELECT id, CASE WHEN n > 5 THEN 'big' WHEN n > 0 THEN few ELSE many END FROM r
SELECT id, CASE WHEN n <> 0 THEN 10 / n END FROM r
SELECT id, coalesce(few, many, 'none'), coalesce(n, id), coalesce(none, n) FROM r
SELECT id FROM r WHERE n <> 0 AND 10 / n > 2
SELECT id FROM r WHERE n = 0 OR 10 / n > 2
SELECT id FROM r WHERE 10 / n > 2
SELECT 1 / n FROM r
SELECT id, (n > 0 AND f > 1) IS NULL, (n > 0 OR b) IS NOT FALSE, NOT (b AND n > 1) FROM r
SELECT ARRAY[n, id], ARRAY[few, many] FROM r WHERE id < 10
SELECT id + 1, n * 2 - id, f / 2, -n, n % 3 FROM r WHERE n IS NOT NULL AND id > 5
SELECT date_trunc('month', at), extract(epoch FROM at), extract(day FROM at - TIMESTAMP '2023-01-01') FROM r
SELECT id FROM r WHERE regexp_like(many, '^user-[0-9]$')
SELECT nullif(few, 'red'), greatest(n, id, 3), least(f, 2) FROM r
SELECT few::varchar, n::varchar, b::varchar, f::bigint FROM r WHERE f < 100 AND f > -100
SELECT 1 WHERE false
SELECT 1, 'x', NULL
SELECT * FROM (VALUES (1, 'a'), (2, NULL)) v(a, b)
SELECT id FROM r WHERE true LIMIT 5
SELECT id FROM r LIMIT 0
SELECT id FROM r OFFSET 290
SELECT id FROM r LIMIT 7 OFFSET 95
SELECT id FROM r WHERE n > 0 LIMIT 10 OFFSET 3
SELECT id FROM r LIMIT NULL
SELECT id FROM r LIMIT -1
SELECT count(*) FROM r
SELECT count(*), count(*) FROM r
