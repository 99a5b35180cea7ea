# with gives what __enter__ gives, or what a generator yields
import contextlib
import pandas as pd
class Rows:
    def __init__(self, path):
        self.path = path
    def __enter__(self):
        return pd.read_csv(self.path)
    def __exit__(self, *all):
        pass
@contextlib.contextmanager
def opened(path):
    yield pd.read_csv(path)
with Rows("a.csv") as d:
    d.to_csv("o.csv")
with opened("b.csv") as e:
    e.to_csv("p.csv")
