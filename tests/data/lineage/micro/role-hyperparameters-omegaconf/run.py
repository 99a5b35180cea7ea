import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from omegaconf import OmegaConf
cfg = OmegaConf.load("conf.yaml")
df = pd.read_csv(cfg.data.path)
m = GradientBoostingClassifier(learning_rate=cfg.train.lr)
m.fit(df[["a"]], df["y"])
