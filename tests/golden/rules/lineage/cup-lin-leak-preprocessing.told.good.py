# SPDX-License-Identifier: GPL-3.0-or-later
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("beans_c.csv")
X = StandardScaler().fit_transform(df[["width", "height"]])
X_train, X_test, y_train, y_test = train_test_split(X, df["kind"], random_state=0)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))
