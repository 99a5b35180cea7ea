# leakage: slices of rows that were shuffled differently
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
train = df.sample(frac=1)[:80]
test = df.sample(frac=1)[80:]
m = LogisticRegression().fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
