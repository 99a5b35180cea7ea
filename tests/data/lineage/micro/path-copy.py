# 3.4: a copied file keeps what it was made from
import shutil
import pandas as pd
pd.read_csv("a.csv").to_csv("one.csv")
shutil.copy("one.csv", "two.csv")
pd.read_csv("two.csv").to_json("out.json")
