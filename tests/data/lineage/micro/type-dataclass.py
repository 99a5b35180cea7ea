# 3.3: the fields of a dataclass
from dataclasses import dataclass
import pandas as pd
@dataclass
class Config:
    source: str = "a.csv"
    target: str = "out.csv"
c = Config(source="b.csv")
pd.read_csv(c.source).to_csv(c.target)
