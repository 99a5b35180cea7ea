# leakage: the label stays among the features
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
m = LogisticRegression().fit(df, df["y"])
