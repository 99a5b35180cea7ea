# columns: features and label of a data set of pairs
import pandas as pd
import tensorflow as tf
df = pd.read_csv("a.csv", usecols=["a", "b", "y"])
y = df.pop("y")
rows = tf.data.Dataset.from_tensor_slices((dict(df), y)).shuffle(9).batch(3)
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
m.fit(rows)
