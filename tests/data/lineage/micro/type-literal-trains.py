# 3.3: what is written in the code and learnt from is a source, wherever it was put together
import tensorflow as tf
values = [0.0, 5.0]
places = [[0, 0], [0, 1]]
labels = [[0.3]]
def rows():
    return tf.data.Dataset.from_tensor_slices(({"a": tf.SparseTensor(places, values, [1, 2])}, labels)).batch(1)
model = tf.keras.Sequential([])
model.fit(rows())
