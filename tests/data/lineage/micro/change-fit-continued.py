# 4.3: a network goes on learning behind a save; the file holds what it knew before
import keras
import pandas as pd
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
net = keras.Sequential([keras.layers.Dense(1)])
net.compile(loss="mse")
net.fit(a[["x"]], a["y"])
net.save("first.keras")
net.fit(b[["x"]], b["y"])
net.save("second.keras")
