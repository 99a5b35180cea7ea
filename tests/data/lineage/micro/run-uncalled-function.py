# hazard: a function that trains and is never called
import pandas as pd
from sklearn.linear_model import LogisticRegression
def learn(frame):
    return LogisticRegression().fit(frame[["x"]], frame["y"])
df = pd.read_csv("a.csv")
print(df)
