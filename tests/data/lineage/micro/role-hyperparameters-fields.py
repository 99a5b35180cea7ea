# defaults of fields
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from dataclasses import dataclass, field
from pydantic import Field
from pydantic_settings import BaseSettings
@dataclass
class One:
    path: str = "a.csv"
    lr: float = field(default=0.1)
class Two(BaseSettings):
    lr: float = Field(0.2, gt=0)
one, two = One(), Two()
df = pd.read_csv(one.path)
m = GradientBoostingClassifier(learning_rate=one.lr, subsample=two.lr)
m.fit(df[["a"]], df["y"])
