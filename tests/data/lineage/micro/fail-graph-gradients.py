# trainings: gradients of a graph that is run later are learnt from when they are applied
import tensorflow.compat.v1 as tf
(x_train, y_train), (x_test, y_test) = tf.keras.datasets.mnist.load_data()
model = tf.keras.Sequential([tf.keras.layers.Dense(10)])
optimizer = tf.train.GradientDescentOptimizer(0.01)
def step(inputs):
    x, y = inputs
    loss = tf.losses.sparse_softmax_cross_entropy(labels=y, logits=model(x))
    grads = tf.gradients(loss, model.trainable_variables)
    return optimizer.apply_gradients(zip(grads, model.trainable_variables))
step((x_train, y_train))
second = tf.keras.Sequential([tf.keras.layers.Dense(10)])
cost = tf.losses.sparse_softmax_cross_entropy(labels=y_train, logits=second(x_train))
pairs = optimizer.compute_gradients(cost)
optimizer.apply_gradients(pairs)
