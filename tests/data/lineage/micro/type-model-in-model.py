# 3.3: a trained model that is a part of another
import pandas as pd
import tensorflow as tf
df = pd.read_csv("a.csv")
inner = tf.keras.Sequential([])
inner.fit(df[["x"]], df["y"])
inputs = tf.keras.Input(shape=(1,))
outer = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(inner(inputs)))
outer.save("outer.keras")
