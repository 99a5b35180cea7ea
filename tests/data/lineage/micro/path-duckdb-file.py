# 3.4: DuckDB reads a file named in the query
import duckdb
df = duckdb.sql("SELECT * FROM 'a.parquet'").df()
df.to_csv("out.csv")
