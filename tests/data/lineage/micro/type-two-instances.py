# 3.3: two instances keep their attributes apart
import pandas as pd
class Box:
    def __init__(self, path):
        self.frame = pd.read_csv(path)
one = Box("a.csv")
two = Box("b.csv")
one.frame.to_csv("out.csv")
