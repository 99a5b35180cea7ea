# roles: a flag chooses which part a function reads
import tensorflow as tf
import tensorflow_datasets as tfds
def rows(learns=True):
    part = tfds.Split.TRAIN if learns else tfds.Split.TEST
    return tfds.load("mnist", split=part).batch(8)
model = tf.keras.Sequential([])
model.fit(rows())
model.evaluate(rows(learns=False))
