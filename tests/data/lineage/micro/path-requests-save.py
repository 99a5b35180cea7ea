# 3.4: what was fetched and written is read again
import requests
import pandas as pd
r = requests.get("https://example.org/a.csv")
with open("a.csv", "wb") as f:
    f.write(r.content)
pd.read_csv("a.csv").to_json("out.json")
