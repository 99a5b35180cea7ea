# failures: gradients of a tape that nothing applies train nothing
import numpy as np
import tensorflow as tf
x = np.load("x.npy")
net = tf.keras.Sequential([tf.keras.layers.Dense(1)])
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(net(x))
for gradient in tape.gradient(loss, net.trainable_variables):
    print(gradient.shape)
