# types: gradients that are taken off by hand are a training
import numpy as np
import tensorflow as tf
x = np.load("x.npy")
net = tf.keras.Sequential([tf.keras.layers.Dense(1)])
net(x)
def step(model, rows):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model(rows))
    weights = model.trainable_variables
    for weight, gradient in zip(weights, tape.gradient(loss, weights)):
        weight.assign_sub(0.1 * gradient)
step(net, x)
