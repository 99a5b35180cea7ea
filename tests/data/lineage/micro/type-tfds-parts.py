# 3.3: a list of parts gives one data set for each
import tensorflow as tf
import tensorflow_datasets as tfds
a, b, c = tfds.load("flowers", split=["train[:80%]", "train[80%:]", "test"], as_supervised=True)
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
m.fit(a.batch(8))
m.evaluate(c.batch(8))
