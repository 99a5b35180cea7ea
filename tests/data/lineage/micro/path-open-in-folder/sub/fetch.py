import json

import pandas as pd
import requests

rows = requests.get("https://example.com/a.txt").text
with open("a.txt", "w") as f:
    f.write(rows)
with open("a.txt") as f:
    again = f.read()
with open("b.txt", "w") as f:
    f.write(again)
with open("../up/c.txt", "w") as f:
    f.write(again)
with open("names.json") as f:
    names = json.load(f)
frame = pd.read_csv(names["data"])
with pd.ExcelWriter("d.xlsx") as writer:
    frame.to_excel(writer)
