SELECT a.id, b.id FROM r a JOIN r b ON a.many = b.many
SELECT a.id, b.id FROM r a JOIN r b ON a.many = b.many AND a.id < b.id
SELECT count(*) FROM r a JOIN r b ON a.few = b.few AND a.n = b.n
SELECT count(*) FROM r a JOIN r b ON a.f = b.f AND a.b = b.b AND a.at = b.at
SELECT a.id, b.id, b.few FROM r a LEFT JOIN r b ON a.many = b.many AND b.n > 10
SELECT a.id, b.id FROM r a LEFT JOIN r b ON a.id = b.n AND a.few < b.few
SELECT a.id, b.id FROM r a LEFT JOIN t b ON a.n = b.id AND a.f < b.f ORDER BY a.id, b.id
SELECT a.id, b.id, b.g FROM r a RIGHT JOIN t b ON a.n = b.id AND a.b
SELECT a.id, b.id, a.few, b.g FROM r a FULL JOIN t b ON a.n = b.n AND a.id % 2 = b.id % 2
SELECT a.id, b.id FROM t a FULL JOIN u b ON a.g = b.g AND a.id < b.id
SELECT a.id, b.id FROM t a FULL JOIN u b ON false
SELECT count(*), min(b.few) FROM r a CROSS JOIN r b
SELECT a.id, b.id FROM t a JOIN r b ON a.n < b.n AND b.id < 30
SELECT a.id FROM r a WHERE EXISTS (SELECT 1 FROM t WHERE t.n = a.n)
SELECT a.id FROM r a WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.n = a.n AND t.id < a.id)
SELECT a.id FROM r a WHERE a.few IN (SELECT g FROM t UNION ALL SELECT 'red')
SELECT a.id FROM r a WHERE a.n NOT IN (SELECT n FROM t)
SELECT a.id FROM r a WHERE a.n NOT IN (SELECT n FROM t WHERE n IS NOT NULL)
SELECT a.id FROM r a WHERE a.n NOT IN (SELECT n FROM t WHERE n > 100)
SELECT a.id FROM r a WHERE (a.n, a.id) NOT IN (SELECT n, id FROM t)
SELECT a.id FROM r a WHERE EXISTS (SELECT 1 FROM t)
SELECT a.id FROM r a WHERE NOT EXISTS (SELECT 1 FROM t WHERE id > 100)
SELECT * FROM t JOIN u USING (g)
SELECT a.id, s.c FROM t a JOIN (SELECT n, count(*) AS c FROM r GROUP BY n) s ON s.n = a.n
SELECT a.id, s.id FROM t a, LATERAL (SELECT id FROM r WHERE r.n = a.n ORDER BY id LIMIT 2) s
SELECT a.id, s.m FROM t a LEFT JOIN LATERAL (SELECT max(id) AS m FROM r WHERE r.n = a.n AND r.few = a.g) s ON true
SELECT count(*) FROM r a JOIN r b ON a.one = b.one
SELECT a.id, 10 / b.n FROM r a JOIN r b ON a.id = b.id AND b.n <> 0
SELECT a.id FROM r a JOIN r b ON a.id = b.id AND 10 / b.n > 1
SELECT v.a, b.id, b.few FROM (VALUES ('red', 1), ('blue', 2), (NULL, 3), ('red', 4)) v(a, i) JOIN r b ON v.a = b.few
SELECT v.i, b.id FROM (VALUES ('user-3', 1), ('user-4', 2)) v(a, i) JOIN r b ON v.a = b.many AND b.n > v.i
SELECT t.id, r.id, r.many FROM t JOIN r ON t.n = r.n AND t.id < r.id
SELECT t.id, s.id FROM (SELECT * FROM t WHERE false) t JOIN r s ON t.n = s.n
SELECT count(*) FROM (SELECT n FROM r ORDER BY id LIMIT 5) a JOIN r b ON a.n = b.n
SELECT t.id, 10 / r.n FROM t JOIN r ON t.id = r.id + 10 AND 10 / r.n > -100
