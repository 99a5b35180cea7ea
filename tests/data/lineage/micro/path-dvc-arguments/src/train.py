import argparse
import joblib
import pandas as pd
from sklearn.linear_model import SGDClassifier
parser = argparse.ArgumentParser()
parser.add_argument("rows")
parser.add_argument("--name", "-n")
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
d = pd.read_csv(args.rows)
m = SGDClassifier(eta0=args.lr).fit(d[["x"]], d.y)
joblib.dump(m, f"models/{args.name}.pkl")
