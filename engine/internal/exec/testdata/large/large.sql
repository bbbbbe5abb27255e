-- over r with 36,000 rows: what differs by size
SELECT count(*), count(DISTINCT many), count(DISTINCT few), count(DISTINCT id), max(many), sum(n), avg(f) FROM r
SELECT id FROM r WHERE many LIKE '%99%'
SELECT upper(many) FROM r WHERE length(many) > 8 AND n > 0
SELECT id + 1, f * 2, at + INTERVAL '1 day', few || many FROM r
SELECT CASE WHEN n > 5 THEN upper(many) WHEN f > 2 THEN few ELSE 'x' END FROM r
SELECT many, count(*), min(id) FROM r GROUP BY many
SELECT many, few, n, count(*) FROM r GROUP BY many, few, n
SELECT few, n, count(*), array_agg(id ORDER BY many, id DESC) FROM r GROUP BY few, n
SELECT percentile_cont(0.37) WITHIN GROUP (ORDER BY f), percentile_disc(0.9) WITHIN GROUP (ORDER BY id), approx_percentile(0.5) WITHIN GROUP (ORDER BY at) FROM r
SELECT DISTINCT many FROM r
SELECT DISTINCT ON (many) many, id FROM r ORDER BY many, n DESC, id
SELECT id FROM r ORDER BY many, id
SELECT id FROM r ORDER BY f DESC NULLS LAST, few, id
SELECT id FROM r ORDER BY at, n
SELECT id, many FROM r ORDER BY n DESC, many LIMIT 50
SELECT id FROM r ORDER BY few NULLS FIRST, id DESC LIMIT 3000 OFFSET 100
SELECT id FROM r ORDER BY many DESC LIMIT 10
SELECT id FROM r WHERE b ORDER BY f, at, id LIMIT 25
SELECT id FROM r OFFSET 35990
SELECT id FROM r WHERE n = 3 LIMIT 2000 OFFSET 500
SELECT count(*), sum(a.id), max(b.few) FROM r a JOIN r b ON a.id = b.id
SELECT a.id, b.id FROM r a JOIN r b ON a.many = b.many AND a.id < b.id AND a.few = b.few
SELECT a.id, b.id FROM r a LEFT JOIN r b ON a.many = b.many AND a.id + 1000 < b.id AND b.n = 3
SELECT t.id, r.id FROM t JOIN r ON t.n = r.n
SELECT t.id, r.id FROM r RIGHT JOIN t ON t.id = r.id
SELECT count(*) FROM r a FULL JOIN (SELECT * FROM r WHERE b) b ON a.id = b.id AND a.n > b.id % 20
SELECT count(*) FROM r WHERE many NOT IN (SELECT many FROM r WHERE b AND many IS NOT NULL)
SELECT count(*) FROM r a WHERE EXISTS (SELECT 1 FROM r b WHERE b.many = a.many AND b.id <> a.id)
SELECT id FROM r a WHERE n = (SELECT max(n) FROM r b WHERE b.few = a.few)
SELECT many FROM r UNION SELECT few FROM r
SELECT many FROM r WHERE b EXCEPT ALL SELECT many FROM r WHERE n > 3
SELECT many FROM r INTERSECT SELECT many FROM r WHERE n > 3
SELECT id, row_number() OVER (PARTITION BY few ORDER BY f, id), sum(n) OVER (PARTITION BY many ORDER BY id) FROM r
SELECT id, rank() OVER (ORDER BY n, at) FROM r
SELECT * FROM (SELECT id, many, row_number() OVER (PARTITION BY many ORDER BY at, id) AS w FROM r) s WHERE w <= 2
SELECT * FROM (SELECT id, rank() OVER (ORDER BY f DESC NULLS LAST) AS w FROM r) s WHERE w <= 5
WITH x AS (SELECT many, count(*) AS c FROM r WHERE n = 2 GROUP BY many) SELECT a.c, count(*) FROM x a JOIN x b ON a.c = b.c GROUP BY a.c
SELECT 10 / (id - 30000) FROM r
SELECT id FROM r WHERE 10 / (id - 30000) > 5
SELECT few, sum(10 / (id - 30000)) FROM r GROUP BY few
SELECT a.id FROM r a JOIN r b ON a.id = b.id AND 10 / (a.id - 30000) > 5
