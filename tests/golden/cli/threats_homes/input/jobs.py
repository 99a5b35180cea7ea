import pandas as pd

rows = pd.read_csv("/home/amueller/churn/rows.csv")
rows.to_csv(r"C:\Users\amueller\churn\out.csv")
