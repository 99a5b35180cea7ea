# roles: rows written in the code, given to a model that learnt from others
import pandas as pd
import tensorflow as tf
df = pd.read_csv("a.csv")
model = tf.keras.Sequential([])
model.fit(df[["x"]], df["y"])
print(model.predict(tf.convert_to_tensor([[1.0], [2.0]])))
