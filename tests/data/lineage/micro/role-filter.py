# roles: rows of a data set that a filter chooses
import pandas as pd
import tensorflow as tf
df = pd.read_csv("a.csv")
rows = tf.data.Dataset.from_tensor_slices((df["x"], df["y"], df["fold"]))
train_rows = rows.filter(lambda x, y, fold: fold < 4)
test_rows = rows.filter(lambda x, y, fold: fold == 4)
model = tf.keras.Sequential([])
model.fit(train_rows.batch(8))
model.evaluate(test_rows.batch(8))
