# 3.4: names of files in an array, parted by slices
import os
import numpy as np
import tensorflow as tf
files = []
for folder in ["a", "b"]:
    files += ["/".join([folder, name]) for name in os.listdir(folder)]
files = np.array(files)[np.random.permutation(len(files))]
def load(file):
    return tf.io.read_file(file)
count = int(len(files) * 0.8)
train_rows = tf.data.Dataset.from_tensor_slices(files[:count]).map(load)
test_rows = tf.data.Dataset.from_tensor_slices(files[count:]).map(load)
model = tf.keras.Sequential([])
model.fit(train_rows)
model.evaluate(test_rows)
