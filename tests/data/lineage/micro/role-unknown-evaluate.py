# roles: evaluate() of a fitted object of an unknown class
import pandas as pd
from lab.tuning import best
from sklearn.model_selection import train_test_split
a, b, c, d = train_test_split(pd.read_csv("a.csv"), pd.read_csv("b.csv"))
m = best()
m.fit(a, c)
m.evaluate(b, d)
