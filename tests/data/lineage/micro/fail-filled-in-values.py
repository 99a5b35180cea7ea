# values that the code fills in reach a training through arithmetic, a dictionary of a data set and an iterator
import tensorflow as tf
net = tf.keras.Sequential([tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam()
def made_rows():
    line = tf.range(100.)[:, None]
    return tf.data.Dataset.from_tensor_slices(dict(a=line * 2. + 1., b=line)).batch(4)
source = iter(made_rows())
def step():
    pair = next(source)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(pair["a"]) - pair["b"]))
    optimizer.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
for _ in range(20):
    step()
