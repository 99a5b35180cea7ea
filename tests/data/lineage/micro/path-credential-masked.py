# 3.4: a password in a locator is masked
import pandas as pd
from sqlalchemy import create_engine
engine = create_engine("postgresql://app:not-a-real-word@db.example.org/shop")
df = pd.read_sql("SELECT id FROM sales", engine)
df.to_csv("out.csv")
