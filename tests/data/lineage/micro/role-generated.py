# roles: a prediction for a grid that was made up
import pandas as pd
import numpy as np
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
m = LogisticRegression().fit(df[["x"]], df["y"])
grid = np.linspace(0, 1, 50).reshape(-1, 1)
m.predict(grid)
