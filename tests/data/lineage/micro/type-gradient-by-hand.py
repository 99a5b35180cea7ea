# 3.3: weights of an object of one's own, changed by their gradients
import pandas as pd
import tensorflow as tf
class Line:
    def __init__(self):
        self.w = tf.Variable(5.0)
        self.b = tf.Variable(0.0)
    def __call__(self, x):
        return self.w * x + self.b
line = Line()
df = pd.read_csv("a.csv")
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(tf.square(line(df["x"]) - df["y"]))
dw, db = tape.gradient(loss, [line.w, line.b])
line.w.assign_sub(0.1 * dw)
