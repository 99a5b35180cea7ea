# leakage, clean twin: a search on the training part, one test
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
grid = GridSearchCV(LogisticRegression(), {"C": [1, 2]}).fit(X_train, y_train)
print(grid.score(X_test, y_test))
