# leakage, clean twin: pop takes the label out before the fit
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
y = df.pop("y")
m = LogisticRegression().fit(df, y)
