import pandas as pd

password = "not-a-real-one-77!"
rows = pd.read_csv("/data/not-a-real-one-77!/rows.csv")
rows.to_csv("rows.csv")
