# leakage, clean twin: without a test nothing leaks
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
X = StandardScaler().fit_transform(df[["x"]])
m = LogisticRegression().fit(X, df["y"])
