# columns: a loop that trains by hand learns from the columns of its data set
import tensorflow as tf
rows = tf.data.experimental.make_csv_dataset("a.csv", 8, column_names=["a", "b", "y"], label_name="y")
opt = tf.keras.optimizers.SGD()
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
for x, y in rows:
    with tf.GradientTape() as tape:
        loss = tf.keras.losses.mse(y, m(x))
    grads = tape.gradient(loss, m.trainable_variables)
    opt.apply_gradients(zip(grads, m.trainable_variables))
