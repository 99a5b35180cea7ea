# leakage, clean twin: the mean of the training rows
import pandas as pd
from keras.models import Sequential
from keras.layers import Dense
from sklearn.model_selection import train_test_split
X = pd.read_csv("a.csv")
y = X.pop("y")
X_train, X_valid, y_train, y_valid = train_test_split(X, y)
mean = X_train.mean()
net = Sequential([Dense(1)])
net.fit(X_train - mean, y_train, validation_data=(X_valid - mean, y_valid))
