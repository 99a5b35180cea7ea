CREATE FUNCTION f() RETURNS void AS $body$ BEGIN DELETE FROM a; END $body$ LANGUAGE plpgsql;
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r), gone AS (DELETE FROM old USING r RETURNING *)
INSERT INTO "New Table" (a) SELECT E'it\'s' FROM gone, LATERAL (SELECT * FROM x) y ON CONFLICT DO UPDATE SET a = 1;
COPY t (a, b) FROM '/data/x.csv' CSV HEADER; UNLOAD ('SELECT * FROM t WHERE a = ''b''') TO 's3://b/k';
{{ config(x=1) }} SELECT * FROM {{ source('a', 'b') }} WHERE x = %(y)s AND z = :w AND v = ${u} /* /* n */ */ -- end
