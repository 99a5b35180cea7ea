# 3.3: GradientTape and apply_gradients are a training
import tensorflow as tf
import numpy as np
x = np.load("x.npy")
y = np.load("y.npy")
net = tf.keras.Sequential([tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.SGD()
with tf.GradientTape() as tape:
    out = net(x)
    loss = tf.reduce_mean((out - y) ** 2)
grads = tape.gradient(loss, net.trainable_variables)
opt.apply_gradients(zip(grads, net.trainable_variables))
