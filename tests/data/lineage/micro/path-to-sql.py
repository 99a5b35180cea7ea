# 3.4: a table written and read again
import sqlite3
import pandas as pd
con = sqlite3.connect("shop.db")
pd.read_csv("a.csv").to_sql("sales", con)
pd.read_sql("SELECT * FROM sales", con).to_csv("out.csv")
