import pickle
import pandas as pd
test = pd.read_csv("test.csv")
first = pickle.load(open("a.pkl", "rb"))
print(first.score(test[["x"]], test["y"]))
last = pickle.load(open("b.pkl", "rb"))
print(last.score(test[["x"]], test["y"]))
