# failures: the gradient with respect to the data trains nothing
import numpy as np
import tensorflow as tf
net = tf.keras.applications.MobileNetV2(weights="imagenet")
image = tf.constant(np.load("image.npy"))
with tf.GradientTape() as tape:
    tape.watch(image)
    loss = tf.reduce_mean(net(image))
noise = tf.sign(tape.gradient(loss, image))
