# types: a data set of an object that is called gives what its call reads
import pathlib

import cv2
import tensorflow as tf


class Frames:
    def __init__(self, folder):
        self.folder = folder

    def __call__(self):
        for path in self.folder.glob("*/*.avi"):
            film = cv2.VideoCapture(str(path))
            ok, frame = film.read()
            yield frame, path.parent.name


films = pathlib.Path("films")
train = tf.data.Dataset.from_generator(Frames(films / "train"), output_types=(tf.float32, tf.string))
test = tf.data.Dataset.from_generator(Frames(films / "test"), output_types=(tf.float32, tf.string))
model = tf.keras.Sequential([tf.keras.layers.Dense(2)])
model.fit(train.batch(8))
model.evaluate(test.batch(8))
