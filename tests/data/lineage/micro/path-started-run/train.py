import argparse
import pandas as pd
from sklearn.linear_model import LogisticRegression
p = argparse.ArgumentParser()
p.add_argument("--data", default="default.csv")
p.add_argument("--c", type=float, default=1.0)
args = p.parse_args()
df = pd.read_csv(args.data)
LogisticRegression(C=args.c).fit(df[["a"]], df["y"])
