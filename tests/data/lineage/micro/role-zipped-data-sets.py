# roles: data sets that are walked side by side stay apart
import pandas as pd
import tensorflow as tf
a = tf.data.Dataset.from_tensor_slices(pd.read_csv("train.csv"))
b = tf.data.Dataset.from_tensor_slices(pd.read_csv("test.csv"))
net = tf.keras.Sequential([tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam()
for learnt, seen in tf.data.Dataset.zip((a, b)):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(net(learnt))
    optimizer.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    print(tf.reduce_mean(net(seen)))
