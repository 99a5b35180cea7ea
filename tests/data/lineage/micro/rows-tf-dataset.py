# rows: a data set of TensorFlow keeps its file through its methods
import tensorflow as tf
ds = tf.data.TextLineDataset("a.txt").shuffle(10).batch(4)
ds.save("out")
