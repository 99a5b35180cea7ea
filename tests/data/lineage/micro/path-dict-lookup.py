# 3.4: a literal key of a literal dict
import pandas as pd
PATHS = {"train": "a.csv", "test": "b.csv"}
pd.read_csv(PATHS["test"]).to_csv("out.csv")
