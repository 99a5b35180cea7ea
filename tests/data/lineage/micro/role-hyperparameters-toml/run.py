import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
import toml
cfg = toml.load("conf.toml")
df = pd.read_csv(cfg["data"]["path"])
m = GradientBoostingClassifier(learning_rate=cfg["train"]["lr"])
m.fit(df[["a"]], df["y"])
