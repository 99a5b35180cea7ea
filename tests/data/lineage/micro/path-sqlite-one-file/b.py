import sqlite3
import pandas as pd
pd.read_sql("select * from tab", sqlite3.connect("x.db")).to_csv("b.csv")
pd.read_sql("select * from tab", sqlite3.connect("./x.db")).to_csv("c.csv")
pd.read_sql_table("tab", "sqlite:///x.db").to_csv("d.csv")
