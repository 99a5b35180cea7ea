# roles: what a loop over names of parts puts under such a name is for that
import pandas as pd
from sklearn.linear_model import Ridge
tables = {"train": pd.read_csv("a.csv"), "val": pd.read_csv("b.csv")}
parts = {}
for part in ("train", "val"):
    parts[part] = tables[part].dropna()
model = Ridge()
model.fit(parts["train"][["x"]], parts["train"]["y"])
print(model.score(parts["val"][["x"]], parts["val"]["y"]))
