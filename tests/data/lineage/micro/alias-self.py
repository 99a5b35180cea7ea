# 4.3: self.x = arg is the same object
import pandas as pd
class Job:
    def __init__(self, frame):
        self.frame = frame
    def widen(self):
        self.frame["more"] = pd.read_csv("b.csv")["v"]
df = pd.read_csv("a.csv")
Job(df).widen()
df.to_csv("out.csv")
