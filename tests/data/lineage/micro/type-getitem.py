# an item of an object of one's own is what __getitem__ gives
import pandas as pd
class Parts:
    def __init__(self, paths):
        self.paths = paths
    def __getitem__(self, i):
        return pd.read_csv(self.paths[i])
parts = Parts(["a.csv", "b.csv"])
parts[0].to_csv("o.csv")
