# 3.3: a function that is run with arguments in a tuple
import pandas as pd
import tensorflow as tf
strategy = tf.distribute.MirroredStrategy()
model = tf.keras.Sequential([])
optimizer = tf.keras.optimizers.SGD()
def step(rows):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(rows[["x"]]) - rows["y"]))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
strategy.run(step, args=(pd.read_csv("a.csv"),))
