# 3.3: pop takes the label out of the frame
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv", usecols=["age", "size", "target"])
y = df.pop("target")
m = LogisticRegression().fit(df, y)
