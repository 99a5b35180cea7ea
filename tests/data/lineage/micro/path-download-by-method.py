# 3.4: something unknown downloads to a file that is read later
import pandas as pd
from lab.runs import latest
run = latest(pd.read_csv("a.csv"))
run.download_file("outputs/rows.csv", "rows.csv")
pd.read_csv("rows.csv").to_csv("out.csv")
