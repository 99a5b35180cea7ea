# rows: files of TensorFlow
import tensorflow as tf
with tf.compat.v1.gfile.GFile("a.txt") as f:
    text = f.read()
with tf.io.gfile.GFile("out.txt", "w") as g:
    g.write(text)
tf.io.gfile.copy("out.txt", "two.txt")
