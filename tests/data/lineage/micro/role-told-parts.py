# roles: a call that is told of several parts is about the one that is held out
import pandas as pd
from lab.factors import Factors, evaluate_on, score_parts
from sklearn.model_selection import train_test_split
rest, test = train_test_split(pd.read_csv("a.csv"))
train, valid = train_test_split(rest)
m = Factors()
m.fit(train)
a = evaluate_on(m, train, valid, ["rmse"])
b = score_parts(m, [train, test])
c = score_parts(m, train)
d = m.evaluate_all(train, valid, test)
