# SPDX-License-Identifier: GPL-3.0-or-later
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("beans_i.csv")
train, test = train_test_split(df, random_state=0)
model = LogisticRegression().fit(train[["width", "height"]], train["kind"])
print(model.score(test[["width", "height"]], test["kind"]))
