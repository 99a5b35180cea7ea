# 3.2: tf.keras is keras
import tensorflow as tf
(x, y), (xt, yt) = tf.keras.datasets.mnist.load_data()
net = tf.keras.Sequential([tf.keras.layers.Dense(1)])
net.fit(x, y)
net.evaluate(xt, yt)
