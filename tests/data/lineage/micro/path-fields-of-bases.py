# paths: fields in their order are those with an annotation, of a class whose bases are all known
from dataclasses import dataclass
from typing import ClassVar, NamedTuple
import pandas as pd
@dataclass
class Base:
    train: str
@dataclass
class Files(Base):
    test: str
files = Files("train.csv", "test.csv")
a = pd.read_csv(files.test)
class Pair(NamedTuple):
    one: str
    two: str
b = pd.read_csv(Pair("a.csv", "b.csv").two)
@dataclass
class Run:
    count: ClassVar[int] = 0
    size = 3
    rows: str = ""
c = pd.read_csv(Run("c.csv").rows)
d = pd.read_csv(Files(train="x.csv", test="d.csv").test)
from unknown_library import Start
@dataclass
class More(Start):
    test: str
e = pd.read_csv(More("train.csv", "e.csv").test)
