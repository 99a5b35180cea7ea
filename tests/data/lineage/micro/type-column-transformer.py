# 3.3: a ColumnTransformer that drops the rest limits the features
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
df = pd.read_csv("a.csv", usecols=["x", "z", "w", "y"])
pick = ColumnTransformer([("s", StandardScaler(), ["x", "z"])], remainder="drop")
pipe = Pipeline([("pick", pick), ("lr", LogisticRegression())])
pipe.fit(df.drop(columns="y"), df["y"])
