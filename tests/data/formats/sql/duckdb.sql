ATTACH 'local.db' AS l;
CREATE OR REPLACE TEMP TABLE t AS FROM read_parquet(['a.pq', 'b.pq']) SELECT a, b::INT c;
COPY (SELECT * FROM 'x/*.csv' LEFT JOIN df ON df.i = c) TO 'out.parquet' (FORMAT PARQUET);
SUMMARIZE t; PIVOT t ON a USING sum(c);
