# locators: each name that a comprehension makes is a file of its own
import numpy as np
import pandas as pd
pd.concat([pd.read_csv("data/" + name) for name in ["a.csv", "b.csv"] if name]).to_csv("lists.csv")
tables = {name: pd.read_csv(f"{name}.csv") for name in ["c", "d"]}
tables["c"].to_csv("dictionaries.csv")
pd.concat(pd.read_csv(f"part{number}.csv") for number in range(3)).to_csv("generators.csv")
pairs = [np.load(image) + np.load(mask) for image, mask in [("e.npy", "f.npy"), ("g.npy", "h.npy")]]
