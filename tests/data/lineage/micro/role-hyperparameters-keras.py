# roles: settings of compile() and fit()
import pandas as pd
import tensorflow as tf
df = pd.read_csv("a.csv")
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
m.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=1e-3), loss="mse")
m.fit(df[["x"]], df["y"], epochs=5, batch_size=32, verbose=0)
n = tf.keras.Sequential([tf.keras.layers.Dense(1)])
n.compile("sgd", "mae")
n.fit(df[["x"]], df["y"], epochs=2)
