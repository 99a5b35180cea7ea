# rows: a connection of DuckDB
import duckdb
con = duckdb.connect()
df = con.execute("SELECT * FROM 'a.parquet'").df()
df.to_csv("out.csv")
