import sqlite3
import pandas as pd
con = sqlite3.connect("app.db")
pd.read_csv("secret.csv").to_sql("t", con)
