import pandas as pd

rows = pd.read_csv("rows.csv", usecols=["size", "age", "price"])
rows["rate"] = rows["price"] / rows["size"]
rows.drop(columns="price").rename(columns={"age": "years"}).to_csv("clean.csv")
pd.read_csv("more.csv").to_csv("copy.csv")
