import pandas as pd
import sqlalchemy
e = sqlalchemy.create_engine("sqlite:///x.db")
pd.read_csv("r.csv").to_sql("tab", e)
