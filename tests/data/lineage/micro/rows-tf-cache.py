# rows: a data set is cached in a file
import tensorflow as tf
ds = tf.data.TextLineDataset("a.txt")
ds = ds.cache("cache.tf")
