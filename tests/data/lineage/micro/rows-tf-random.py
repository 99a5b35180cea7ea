# rows: names of random numbers of TensorFlow 1
import tensorflow as tf
x = tf.random_normal([10])
y = tf.compat.v1.random_uniform([10])
