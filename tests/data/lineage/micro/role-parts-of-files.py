# roles: data that was made with files for training and testing teaches the one for training
import numpy as np
import pandas as pd
from lab.factors import Factors, Parts, rank_metric
from sklearn.model_selection import train_test_split
train, test = train_test_split(pd.read_csv("a.csv"))
train.to_csv("one.csv")
test.to_csv("two.csv")
data = Parts(train_file="one.csv", test_file="two.csv", seed=3)
m = Factors(8)
m.fit(data)
guesses = m.predict(test)
eval_mean = np.mean([1 / guess for guess in guesses])
print(m.evaluate_all(test))
