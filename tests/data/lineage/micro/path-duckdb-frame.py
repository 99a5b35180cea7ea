# 3.4: DuckDB reads a frame named in the query
import duckdb
import pandas as pd
sales = pd.read_csv("a.csv")
duckdb.sql("SELECT sum(v) FROM sales").df().to_csv("out.csv")
