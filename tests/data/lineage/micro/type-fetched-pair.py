# values of a fetched data set are no model
from sklearn.datasets import fetch_openml
from sklearn.linear_model import LogisticRegression
x, y = fetch_openml("mnist_784", return_X_y=True)
model = LogisticRegression().fit(x[:100], y[:100])
asked = y[100:].astype(int)
model.score(x[100:], asked)
