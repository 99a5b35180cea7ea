# 3.3: with_info gives a pair of the parts and what is known of them
import tensorflow as tf
import tensorflow_datasets as tfds
(a, b), info = tfds.load("flowers", split=["train", "test"], with_info=True)
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
m.fit(a)
m.evaluate(b)
