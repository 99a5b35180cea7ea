# leakage: the mean of all rows, where the training is watched on some of them
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
from sklearn.model_selection import train_test_split
X = pd.read_csv("a.csv")
y = X.pop("y")
for k in X.columns:
    X[k] -= X[k].mean()
X_train, X_valid, y_train, y_valid = train_test_split(X, y)
net = Sequential([Dense(1)])
net.fit(X_train, y_train, validation_data=(X_valid, y_valid))
