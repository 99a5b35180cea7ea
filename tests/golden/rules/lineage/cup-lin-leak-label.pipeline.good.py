# SPDX-License-Identifier: GPL-3.0-or-later
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

df = pd.read_csv("beans_p.csv")
train, test = train_test_split(df, random_state=0)
columns = ColumnTransformer([("size", StandardScaler(), ["width", "height"]), ("field", OneHotEncoder(), ["field"])])
model = make_pipeline(columns, LogisticRegression())
model.fit(train, train["kind"])
print(model.score(test, test["kind"]))
