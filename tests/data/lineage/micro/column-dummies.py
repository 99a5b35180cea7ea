# columns: get_dummies and split keep the columns they are made of
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
df = pd.get_dummies(pd.read_csv("a.csv", usecols=["a", "kind", "y"]), columns=["kind"])
train, test = train_test_split(df)
y = train.pop("y")
Ridge().fit(train.values, y.to_numpy())
