# 4.3: deepcopy cuts
import copy
import pandas as pd
box = {"frame": pd.read_csv("a.csv")}
other = copy.deepcopy(box)
other["frame"]["more"] = pd.read_csv("b.csv")["v"]
box["frame"].to_csv("out.csv")
