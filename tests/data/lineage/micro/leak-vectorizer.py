# leakage: a vocabulary of all texts
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.feature_extraction.text import TfidfVectorizer
df = pd.read_csv("a.csv")
X = TfidfVectorizer().fit_transform(df["text"])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
m = LogisticRegression().fit(X_train, y_train)
print(m.score(X_test, y_test))
