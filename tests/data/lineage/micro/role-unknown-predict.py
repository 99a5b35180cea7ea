# roles: a function nobody describes that predicts with a fitted model
import pandas as pd
from lab.factors import Factors, predict
from sklearn.model_selection import train_test_split
train, test = train_test_split(pd.read_csv("a.csv"))
m = Factors()
m.fit(train)
rows = predict(m, test)
m.recommend_items([7])
