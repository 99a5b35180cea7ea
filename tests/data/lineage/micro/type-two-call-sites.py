# 3.3: two call sites are two trainings with their own data
import pandas as pd
from sklearn.linear_model import LogisticRegression
def learn(frame):
    m = LogisticRegression()
    m.fit(frame[["x"]], frame["y"])
    return m
one = learn(pd.read_csv("a.csv"))
two = learn(pd.read_csv("b.csv"))
