# SPDX-License-Identifier: GPL-3.0-or-later
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("beans_j.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["width", "height"]], df["kind"], random_state=0)
weak = LogisticRegression(C=0.1).fit(X_train, y_train)
print(weak.score(X_test, y_test))
strong = LogisticRegression(C=10).fit(X_train, y_train)
print(strong.score(X_test, y_test))
