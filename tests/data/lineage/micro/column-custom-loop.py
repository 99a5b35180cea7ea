# columns: a loop that trains by hand learns from the columns of its data set
import tensorflow as tf
rows = tf.data.experimental.make_csv_dataset("a.csv", 8, column_names=["a", "b", "y"], label_name="y")
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
for x, y in rows:
    with tf.GradientTape() as tape:
        loss = tf.keras.losses.mse(y, m(x))
    tape.gradient(loss, m.trainable_variables)
