# super().load() is a method of the base, on the object itself
import pandas as pd
class Base:
    def __init__(self, path):
        self.path = path
    def load(self):
        return pd.read_csv(self.path)
class Cached(Base):
    def __init__(self, path):
        super().__init__(path)
    def load(self):
        return super().load()
Cached("b.csv").load().to_csv("o.csv")
