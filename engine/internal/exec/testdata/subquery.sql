SELECT id, (SELECT max(n) FROM r), n = (SELECT max(n) FROM r) FROM r
SELECT id FROM r WHERE n = (SELECT max(n) FROM r)
SELECT id, (SELECT count(*) FROM t WHERE t.n = r.n) FROM r
SELECT id, (SELECT max(t.id) FROM t WHERE t.g = r.few AND t.n > r.n) FROM r
SELECT id FROM r WHERE n > (SELECT avg(n) FROM r x WHERE x.few = r.few)
SELECT id, EXISTS (SELECT 1 FROM t WHERE t.n = r.n) FROM r
SELECT id, ARRAY(SELECT t.id FROM t WHERE t.n >= r.n ORDER BY t.id) FROM r WHERE id < 40
SELECT id, n IN (SELECT n FROM t), n > ALL (SELECT n FROM t WHERE n < 4), n = ANY (SELECT id FROM t) FROM r
SELECT id, n <> ALL (SELECT n FROM t WHERE t.id > r.id) FROM r WHERE id < 20
SELECT (SELECT n FROM r) FROM t
SELECT id, (SELECT id FROM t WHERE t.n = r.n) FROM r
SELECT CASE WHEN id < 5 THEN (SELECT count(*) FROM t) END FROM r
SELECT id FROM r WHERE id = 3 OR id IN (SELECT id FROM t WHERE g = 'a')
SELECT x.i, (SELECT count(*) FROM r WHERE r.n = x.i) FROM generate_series(1, 5) AS x(i)
SELECT t.id, x FROM t, unnest(ARRAY[t.n, t.id]) AS x
