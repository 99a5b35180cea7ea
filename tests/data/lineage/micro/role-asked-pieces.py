# roles: of two pieces of the rows for training, the names that they get say which is which
import tensorflow as tf
import tensorflow_datasets as tfds
pieces = tfds.load("flowers", split=["train[:20%]", "train[20%:]"], as_supervised=True)
ds_test = pieces[0]
ds_train = pieces[1]
model = tf.keras.Sequential([tf.keras.layers.Dense(3)])
model.compile(loss="mse")
model.fit(ds_train)
model.evaluate(ds_test)
first, second = tfds.load("flowers", split=["train[:80%]", "train[80%:]"])
other = tf.keras.Sequential([tf.keras.layers.Dense(3)])
other.fit(first)
other.evaluate(second)
a, b, c = tfds.builder(name="birds").as_dataset(split=("train", "validation", "test"))
third = tf.keras.Sequential([tf.keras.layers.Dense(3)])
third.fit(a.batch(8), validation_data=b.batch(8))
third.evaluate(c.batch(8))
