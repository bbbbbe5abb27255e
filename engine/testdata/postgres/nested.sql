-- JSON
SELECT id, d -> 'a', d ->> 'a', d -> 'b' -> 'c', d -> 'b' -> 'c' ->> 2, d -> 0, d ->> 1, d -> -1, d -> 'nope', d ->> 'n' FROM js ORDER BY id;
SELECT id, d #> '{b,c,2,d}', d #>> '{b,c,0}', d #> '{}', d #>> '{3,k}', d #> ARRAY['b', 'c'] FROM js ORDER BY id;
SELECT id, json_extract_path(d, 'b', 'c'), json_extract_path_text(d, 'b', 'c', '1'), json_extract_path_text(d, '3', 'k'), json_extract_path_text(d, 'n'), json_extract_path(d) FROM js ORDER BY id;
SELECT id, json_typeof(d), json_typeof(d -> 'a'), json_typeof(d -> 0) FROM js ORDER BY id;
SELECT json_typeof('1'), json_typeof('"x"'), json_typeof('null'), json_typeof('true'), json_typeof('[]'), json_typeof('{}');
SELECT json_array_length('[1, 2, [3]]'), json_array_length('[]');
SELECT json_array_length('{}');
SELECT json_array_length(d) FROM js;
SELECT value FROM json_array_elements('[1, "a", null, {"x": 1}]');
SELECT value FROM json_array_elements_text('[1, "a", null, {"x": 1}]');
SELECT * FROM json_array_elements('{}');
SELECT * FROM json_array_elements('5');
SELECT id, e FROM js, json_array_elements(CASE WHEN json_typeof(d) = 'array' THEN d END) AS e ORDER BY id;
SELECT js.id, k FROM js, json_object_keys(CASE WHEN json_typeof(d) = 'object' THEN d END) AS k ORDER BY 1, 2;
SELECT * FROM json_each('{"a": 1, "b": null}');
SELECT * FROM json_each_text('{"a": 1, "b": null, "c": "x"}');
SELECT * FROM json_each('[1]');
SELECT key, value FROM js, json_each_text(d) WHERE id = 6 ORDER BY key;
SELECT to_json('a'::varchar), to_json(1), to_json(1.5), to_json(true), to_json(NULL::varchar), to_json(ARRAY[1, NULL]), to_json(TIMESTAMP '2024-01-31 10:00:00'), to_json('{"a": 1}'::json), to_json('q"\'::varchar);
SELECT json_build_object('a', 1, 'b', NULL, 'c', ARRAY['x'], 'd', JSON '{"e": 1}'), json_build_object(), json_build_array(1, 'a', NULL, true), json_build_array();
SELECT json_build_object('a');
SELECT json_build_object(NULL, 1);
SELECT json_agg(d ORDER BY id) FROM js;
SELECT '{"a": {"b": [10, 20]}}'::json -> 'a' -> 'b' -> 1, ('{"a": 1}'::json ->> 'a')::bigint + 1;
SELECT d = d FROM js;
SELECT d ->> 'a' = '1' FROM js ORDER BY id;
-- differs: there is one integer type
SELECT d -> a FROM js, num;
SELECT d['a'] FROM js;
SELECT '{"a": 1}' -> 'a';
-- addresses
SELECT id, host(ip), network(ip)::inet, netmask(ip), masklen(ip), broadcast(ip), family(ip), hostmask(ip), abbrev(ip) FROM net ORDER BY id;
SELECT a.id, b.id, a.ip << b.ip, a.ip <<= b.ip, a.ip >> b.ip, a.ip >>= b.ip, a.ip && b.ip FROM net a, net b WHERE a.id < b.id ORDER BY 1, 2;
SELECT a.id, b.id, a.ip < b.ip, a.ip = b.ip, a.ip >= b.ip FROM net a, net b WHERE a.id < b.id ORDER BY 1, 2;
SELECT id FROM net WHERE ip << '10.0.0.0/8' ORDER BY id;
SELECT id FROM net WHERE ip = '10.1.2.3';
SELECT id FROM net WHERE ip = 'x';
SELECT set_masklen(ip, 16), inet_same_family(ip, '::1') FROM net ORDER BY id;
SELECT set_masklen(INET '10.0.0.1', 33);
SELECT inet_merge('10.0.0.1', '10.0.1.5')::inet;
SELECT inet_merge('10.0.0.1', '::1');
SELECT host(5);
SELECT host('10.0.0.1'), masklen('10.0.0.0/8');
SELECT INET '::ffff:10.0.0.1', INET '2001:DB8::1', INET '10.0.0.1/32', INET '0.0.0.0/0';
-- tags
SELECT id, t -> 'env', t -> 'nope', t ? 'env', t ?| ARRAY['a', 'owner'], t ?& ARRAY['env', 'team'], exist(t, 'env'), defined(t, 'env') FROM tag ORDER BY id;
SELECT id, akeys(t), avals(t), t || 'x=>1', t - 'env'::varchar, t - ARRAY['env', 'team'], t @> 'env=>prod', t <@ 'env=>prod,team=>core,x=>y' FROM tag ORDER BY id;
SELECT id, delete(t, 'env'), slice(t, ARRAY['env', 'nope']), t -> ARRAY['env', 'nope'], hstore('k', t -> 'env'), t = 'env=>dev' FROM tag ORDER BY id;
SELECT id, key, value FROM tag, each(t) ORDER BY id, key;
SELECT id, k FROM tag, skeys(t) k ORDER BY id, k;
SELECT id, v FROM tag, svals(t) v ORDER BY id, v;
SELECT id FROM tag WHERE t -> 'env' = 'prod' ORDER BY id;
SELECT id FROM tag WHERE NOT t ? 'env' ORDER BY id;
SELECT id FROM tag WHERE t -> 'env' IS NULL ORDER BY id;
SELECT a.id, b.id FROM tag a JOIN tag b ON a.t = b.t AND a.id < b.id;
SELECT t['env'], t['nope'] FROM tag ORDER BY id;
SELECT 'a=>1'::hstore || 'a=>2,b=>3', 'a=>1'::hstore -> 'a';
SELECT 'a=>1,a=>2'::hstore;
SELECT t -> 5 FROM tag;
SELECT t + 1 FROM tag;
SELECT count(DISTINCT t), count(t) FROM tag;
SELECT t::varchar FROM tag ORDER BY id;
-- arrays
SELECT id, s[1], s[2], s[0], s[10], s[-1], n[1], n[2] FROM arr ORDER BY id;
SELECT id, s[1:2], s[2:], s[:2], s[:], s[3:1], n[2:3] FROM arr ORDER BY id;
SELECT id, cardinality(s), array_length(s, 1), array_length(s, 2), array_upper(n, 1), array_lower(n, 1) FROM arr ORDER BY id;
SELECT id, array_position(s, 'b'), array_position(s, NULL), array_positions(n, 3), array_position(n, 3, 2) FROM arr ORDER BY id;
SELECT id, s || 'z', 'z' || s, s || ARRAY['y', NULL], n || 9, n || NULL, s || s FROM arr ORDER BY id;
SELECT id, array_append(s, 'z'), array_prepend('z', s), array_cat(n, ARRAY[9]), array_remove(n, 3), array_replace(n, 3, 0), array_remove(s, NULL) FROM arr ORDER BY id;
SELECT id, s @> ARRAY['b'], s <@ ARRAY['a', 'b', 'c'], s && ARRAY['c', 'x'], n @> '{3}', n && ARRAY[NULL::bigint], s @> '{}' FROM arr ORDER BY id;
SELECT id, s = ARRAY['a', 'b', 'c'], s < ARRAY['b'], n > ARRAY[2]::bigint[], n = '{3,3}', s <> '{}' FROM arr ORDER BY id;
SELECT ARRAY[1, 2] = ARRAY[1, 2], ARRAY[1, NULL] = ARRAY[1, NULL], ARRAY[1] < ARRAY[1, 2], ARRAY[NULL]::bigint[] > ARRAY[5]::bigint[], ARRAY[]::bigint[] < ARRAY[NULL]::bigint[];
SELECT ARRAY[1, 2.5, NULL], ARRAY['a', NULL], ARRAY[NULL, 1], ARRAY[true, false], ARRAY[TIMESTAMP '2024-01-01 00:00:00'], ARRAY[INTERVAL '1 day'];
SELECT ARRAY[];
SELECT ARRAY[]::bigint[], CAST(ARRAY[] AS VARCHAR[]);
SELECT ARRAY[1, 'a'];
SELECT ARRAY[1, '2'];
SELECT ARRAY[1, true];
SELECT ARRAY[NULL], ARRAY['a'];
SELECT trim_array(ARRAY[1, 2, 3], 2);
SELECT trim_array(ARRAY[1], 2);
SELECT (ARRAY['a', 'b'])[1], (ARRAY['a', 'b'])[3], (ARRAY[1, 2, 3])[2:3], (SELECT s FROM arr WHERE id = 1)[2];
-- differs: the DDSQL reference subscripts without parentheses
SELECT ARRAY['a', 'b'][1], string_to_array('a,b', ',')[2];
SELECT s['x'] FROM arr;
-- differs: a place is a whole number
SELECT s[1.5] FROM arr ORDER BY id;
SELECT s[NULL], s[NULL:2] FROM arr ORDER BY id;
SELECT (5)[1];
SELECT ('abc')[1];
SELECT name[1] FROM emp;
-- differs: table functions are for FROM, as the DDSQL reference has it
SELECT unnest(ARRAY[1, 2]);
-- differs: table functions are for FROM, as the DDSQL reference has it
SELECT id, unnest(s) FROM arr;
SELECT array_agg(x ORDER BY x) FROM unnest(ARRAY[3, 1, 2]) x;
SELECT array_agg(DISTINCT x) FROM unnest(ARRAY[1, 1, NULL]) x;
SELECT array_to_string(s, ',', '-'), array_to_string(n, '') FROM arr ORDER BY id;
SELECT array_length(ARRAY[1, 2]);
SELECT array_append(1, 2);
SELECT array_append(ARRAY[1], 'x');
SELECT array_cat(ARRAY[1], ARRAY['x']);
SELECT array_cat(ARRAY[1], ARRAY[2.5]);
SELECT array_position(ARRAY[1, 2], '2'), array_position(ARRAY[1, 2], 2.0);
SELECT string_agg(x, ',') FROM arr, unnest(s) AS x WHERE id = 1;
SELECT id FROM arr WHERE cardinality(s) > 1 ORDER BY id;
SELECT id FROM arr WHERE s IS NULL OR s = '{}' ORDER BY id;
SELECT num_nulls(1, NULL, 'a'), num_nonnulls(1, NULL, 'a'), num_nulls(NULL);
SELECT num_nulls();
-- differs: VARIADIC is refused
SELECT num_nulls(VARIADIC ARRAY[1, NULL]);
-- differs: VARIADIC is refused
SELECT concat(VARIADIC ARRAY['a', 'b']);
SELECT coalesce(NULL, NULL), coalesce(NULL, 1), coalesce(NULL, 'x', 'y'), coalesce(1, 2.5);
SELECT coalesce();
SELECT coalesce(1, 'x');
SELECT nullif(1, 1), nullif(1, 2), nullif('a', 'b'), nullif(NULL, 1), nullif(1, NULL), nullif(1, 1.0);
SELECT nullif(1);
SELECT nullif(1, 'x');
SELECT current_setting('nope');
SELECT current_setting('nope', true);
-- code differs: hstore's own errors have no code
SELECT t - 'env' FROM tag;
