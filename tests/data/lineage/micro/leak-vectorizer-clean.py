# leakage, clean twin: a pipeline fits its vocabulary on what it is given
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df["text"], df["y"])
m = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(X_train, y_train)
print(m.score(X_test, y_test))
