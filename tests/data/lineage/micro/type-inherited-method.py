# 3.3: a method of the base class
import pandas as pd
class Base:
    def load(self):
        return pd.read_csv(self.path)
class One(Base):
    path = "a.csv"
One().load().to_csv("out.csv")
