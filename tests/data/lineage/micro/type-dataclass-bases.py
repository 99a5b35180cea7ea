# the fields of a dataclass whose bases are known, in their order, and what it does when it is made
from dataclasses import dataclass, field
import pandas as pd
@dataclass
class Places:
    source: str
    target: str = "b.csv"
@dataclass
class Settings(Places):
    extra: str = "c.csv"
    rows: object = field(init=False)
    def __post_init__(self):
        self.rows = pd.read_csv(self.source)
s = Settings("a.csv", "out.csv", "d.csv")
s.rows.to_csv(s.target)
pd.read_csv(s.extra)
