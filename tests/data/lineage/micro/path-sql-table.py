# 3.4: the table of a query
import sqlite3
import pandas as pd
con = sqlite3.connect("shop.db")
df = pd.read_sql_query("SELECT s.id FROM sales s WHERE s.v > 1", con)
df.to_csv("out.csv")
