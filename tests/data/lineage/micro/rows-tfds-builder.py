# rows: a class of a library of data sets gives a data set
from tensorflow_datasets.image_classification.cifar import Cifar10
import tensorflow as tf
builder = Cifar10()
builder.download_and_prepare()
net = tf.keras.models.load_model("net.keras")
net.evaluate(builder.as_dataset(split="test").batch(8))
