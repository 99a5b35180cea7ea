# leakage, clean twin: slices whose bounds meet or leave a gap
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
size = 80
n = len(df) // 2
train, gap, test = df[:n - 10], df[n - 10:n], df[n:]
m = LogisticRegression().fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
older_train = df[:-100]
older_test = df[-100:]
k = LogisticRegression().fit(older_train[["x"]], older_train["y"])
k.score(older_test[["x"]], older_test["y"])
first_train = df[:size]
first_test = df[size + 5:]
p = LogisticRegression().fit(first_train[["x"]], first_train["y"])
p.score(first_test[["x"]], first_test["y"])
