# 3.4: a callback saves the model that it is given to, under a name with holes
import tensorflow as tf
import numpy as np
x = np.load("a.npy")
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
keep = tf.keras.callbacks.ModelCheckpoint("saved/cp-{epoch:04d}.h5")
m.fit(x, x, callbacks=[keep])
n = tf.keras.Sequential([tf.keras.layers.Dense(1)])
n.load_weights(tf.train.latest_checkpoint("saved"))
