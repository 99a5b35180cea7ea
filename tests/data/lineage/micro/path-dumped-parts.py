# parts of what was dumped as one thing are told apart when it is read back
import pickle
import joblib
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
train, test = train_test_split(rows)
joblib.dump((train, test), "parts.joblib")
with open("named.pkl", "wb") as out:
    pickle.dump({"learn": train, "ask": test}, out)
np.savez("both.npz", one=train, two=test)
first, second = joblib.load("parts.joblib")
model = Ridge()
model.fit(first[["x"]], first["y"])
model.score(second[["x"]], second["y"])
with open("named.pkl", "rb") as file:
    named = pickle.load(file)
other = Ridge().fit(named["learn"][["x"]], named["learn"]["y"])
other.score(named["ask"][["x"]], named["ask"]["y"])
both = np.load("both.npz")
third = Ridge().fit(both["one"], both["one"])
third.score(both["two"], both["two"])
