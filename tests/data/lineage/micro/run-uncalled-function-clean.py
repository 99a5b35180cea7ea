# hazard, clean twin: the function is handed on
import pandas as pd
from sklearn.linear_model import LogisticRegression
def learn(frame):
    return LogisticRegression().fit(frame[["x"]], frame["y"])
df = pd.read_csv("a.csv")
list(map(learn, [df]))
