import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
import yaml
p = yaml.safe_load(open("params.yaml"))
df = pd.read_csv(p["data"]["path"])
m = GradientBoostingClassifier(learning_rate=p["train"]["lr"])
m.fit(df[["a"]], df["y"])
