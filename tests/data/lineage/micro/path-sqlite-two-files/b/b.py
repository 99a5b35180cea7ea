import sqlite3
import pandas as pd
con = sqlite3.connect("app.db")
pd.read_sql("select * from t", con).to_csv("pub.csv")
