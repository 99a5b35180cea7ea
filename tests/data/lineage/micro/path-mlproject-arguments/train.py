import argparse
import pandas as pd
from sklearn.linear_model import LogisticRegression
parser = argparse.ArgumentParser()
parser.add_argument("--data")
parser.add_argument("--C", type=float)
args = parser.parse_args()
d = pd.read_csv(args.data)
m = LogisticRegression(C=args.C).fit(d[["x"]], d["y"])
