# what a function reads that nobody calls has a place that nobody names
import pickle
import pandas as pd
from sklearn.linear_model import LogisticRegression
def train(path, out="m.pkl"):
    d = pd.read_csv(path)
    m = LogisticRegression().fit(d[["x"]], d.y)
    pickle.dump(m, open(out, "wb"))
