# 3.4: a writer knows where to, before it is given data
import numpy as np
import tensorflow as tf
with tf.python_io.TFRecordWriter("out.tfrecord") as writer:
    for row in np.load("a.npy"):
        writer.write(row)
for row in tf.python_io.tf_record_iterator("out.tfrecord"):
    pass
