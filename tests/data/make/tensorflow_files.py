# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of TensorFlow and Keras: SavedModel, frozen graph, checkpoint, TFLite, .keras, HDF5, weights, configuration."""
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import h5py  # noqa: E402
import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow as tf  # noqa: E402
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2  # noqa: E402

from made import Made  # noqa: E402

keras.utils.set_random_seed(7)


def network():
    return keras.Sequential([keras.Input((4,), name="given"), keras.layers.Dense(3, activation="relu", name="first"),
                             keras.layers.BatchNormalization(name="norm"), keras.layers.Dropout(0.1, name="drop"),
                             keras.layers.Dense(2, name="last")], name="network")


def functional():
    words = keras.Input((5,), dtype="int32", name="words")
    image = keras.Input((8, 8, 1), name="image")
    left = keras.layers.LSTM(3, name="lstm")(keras.layers.Embedding(7, 4, name="embed")(words))
    right = keras.layers.Flatten(name="flat")(keras.layers.MaxPooling2D(name="pool")(keras.layers.Conv2D(2, 3, name="conv")(image)))
    return keras.Model([words, image], keras.layers.Dense(1, name="out")(keras.layers.Concatenate(name="both")([left, right])), name="two")


def datasets(file):
    """How many arrays h5py sees in a file."""
    count = []
    with h5py.File(file, "r") as opened:
        opened.visititems(lambda _, item: count.append(1) if isinstance(item, h5py.Dataset) else None)
    return len(count)


def hdf5(name, save, how):
    """Saved first, then counted."""
    file = made.path(name, "hdf5", 0, how)
    save(file)
    made.rows[-1] = (*made.rows[-1][:2], str(datasets(file)), *made.rows[-1][3:])


made = Made("keras", keras.__version__)
model = network()
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(numpy.random.rand(8, 4), numpy.zeros(8), verbose=0)
two = functional()
for name, value in (("network", model), ("two", two)):
    value.save(made.path(name + ".keras", "zip", None, "Model.save"))
    hdf5(name + ".h5", value.save, "Model.save")
hdf5("network.weights.h5", model.save_weights, "Model.save_weights")
with open(made.path("network.json", "keras", None, "Model.to_json"), "w", encoding="utf-8") as out:
    out.write(model.to_json())
made.close()

made = Made("tensorflow", tf.__version__)


class Doubler(tf.Module):
    def __init__(self):
        super().__init__()
        self.factor = tf.Variable(2.0, name="factor")

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def __call__(self, x):
        return self.factor * x


PARTS = {"fingerprint.pb": "tensorflow", "variables.index": "tensorflow", "variables.data-00000-of-00001": "tensorflow"}


def saved(name, save, what):
    """A SavedModel is a folder; its parts are rows of their own."""
    top = os.path.dirname(made.path(name + "/saved_model.pb", "tensorflow", None, what))
    save(top)
    for folder, _, files in sorted(os.walk(top)):
        for file in sorted(files):
            inner = os.path.relpath(os.path.join(folder, file), top)
            if inner != "saved_model.pb":
                made.path(name + "/" + inner, PARTS[file], None, what)


doubler = Doubler()
saved("doubler", lambda folder: tf.saved_model.save(doubler, folder), "tf.saved_model.save of a tf.Module")
saved("exported", lambda folder: model.export(folder, verbose=False), "Model.export")
concrete = doubler.__call__.get_concrete_function()
frozen = convert_variables_to_constants_v2(concrete)
tf.io.write_graph(frozen.graph, *os.path.split(made.path("frozen.pb", "tensorflow", None, "convert_variables_to_constants_v2")), as_text=False)
tf.io.write_graph(frozen.graph, *os.path.split(made.path("frozen.pbtxt", "text", None, "tf.io.write_graph as text")), as_text=True)
lite = tf.lite.TFLiteConverter.from_concrete_functions([concrete], doubler)
with open(made.path("doubler.tflite", "tflite", None, "tf.lite.TFLiteConverter"), "wb") as out:
    out.write(lite.convert())
keras_lite = tf.lite.TFLiteConverter.from_keras_model(model)
keras_lite.optimizations = [tf.lite.Optimize.DEFAULT]
with open(made.path("quantized.tflite", "tflite", None, "tf.lite.TFLiteConverter, quantised"), "wb") as out:
    out.write(keras_lite.convert())
made.close()
