# roles: a metric over held-out rows is an evaluation, whoever made the guesses
import pandas as pd
from lab.baseline import guess
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import train_test_split
train, test = train_test_split(pd.read_csv("a.csv"))
mean_squared_error(test["y"], guess(test))
