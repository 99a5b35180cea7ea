import pickle
import pandas as pd
again = pickle.load(open("a.pkl", "rb"))
test = pd.read_csv("test.csv")
print(again.score(test[["x"]], test["y"]))
pickle.dump(again, open("b.pkl", "wb"))
