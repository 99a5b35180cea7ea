# paths: an attribute of a settings object is what its constructor was given by that name, or in that place
from dataclasses import dataclass
from types import SimpleNamespace
import pandas as pd
from easydict import EasyDict
from lab.jobs import JobConfig
job = JobConfig(rows="a.csv", nodes=2)
a = pd.read_csv(job.rows)
plain = SimpleNamespace(rows="b.csv")
b = pd.read_csv(plain.rows)
@dataclass
class Settings:
    folder: str
    rows: str = "x.csv"
    size: int = 3
given = Settings("data", "c.csv")
c = pd.read_csv(given.folder + "/" + given.rows)
wrapped = EasyDict({"rows": "d.csv"})
d = pd.read_csv(wrapped.rows)
