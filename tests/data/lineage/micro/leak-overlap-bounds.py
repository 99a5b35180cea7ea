# leakage: slices whose bounds are a name and less than it
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
n = len(df) // 2
train = df[:n]
test = df[n - 50:]
m = LogisticRegression().fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
