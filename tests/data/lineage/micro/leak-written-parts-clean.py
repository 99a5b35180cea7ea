# clean: files that hold several things, by key, by sheet, in a tuple or one behind the other, tell no reader whose rows it gets
import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
data = pd.read_csv("a.csv")
train, test = train_test_split(data)
train.to_hdf("d.h5", key="train")
test.to_hdf("d.h5", key="test")
a = pd.read_hdf("d.h5", key="train")
b = pd.read_hdf("d.h5", key="test")
m = LogisticRegression()
m.fit(a[["x"]], a["y"])
print(m.score(b[["x"]], b["y"]))
with pd.ExcelWriter("d.xlsx") as book:
    train.to_excel(book, sheet_name="one")
    test.to_excel(book, sheet_name="two")
a = pd.read_excel("d.xlsx", sheet_name="one")
b = pd.read_excel("d.xlsx", sheet_name="two")
m = LogisticRegression()
m.fit(a[["x"]], a["y"])
print(m.score(b[["x"]], b["y"]))
joblib.dump((train, test), "d.joblib")
a, b = joblib.load("d.joblib")
m = LogisticRegression()
m.fit(a[["x"]], a["y"])
print(m.score(b[["x"]], b["y"]))
