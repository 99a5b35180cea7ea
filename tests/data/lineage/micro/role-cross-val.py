# roles: cross validation trains and scores copies
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
df = pd.read_csv("a.csv")
cross_val_score(LogisticRegression(), df[["x"]], df["y"])
