# names: what compiles, caches or delays a function is called like it
import functools
import joblib
import pandas as pd
import tensorflow as tf


def read(path):
    return pd.read_csv(path)


read = functools.lru_cache(read)
read("a.csv").to_json("a.json")
both = joblib.Parallel()(joblib.delayed(read)(name) for name in ["b.csv"])


def learn(rows, labels):
    net = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    tf.train.AdamOptimizer(0.1).minimize(tf.losses.mean_squared_error(labels, net(rows)))


learn = tf.autograph.to_graph(learn)
table = read("c.csv")
learn(table[["x"]], table["y"])
