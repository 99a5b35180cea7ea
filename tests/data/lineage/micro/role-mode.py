# roles: an input function that is told what for
import tensorflow as tf
import tensorflow_datasets as tfds
def rows(mode):
    data = tfds.load("mnist")
    part = data["train"] if mode == tf.estimator.ModeKeys.TRAIN else data["test"]
    return part.batch(8)
model = tf.estimator.DNNClassifier([10], [])
tf.estimator.train_and_evaluate(model, tf.estimator.TrainSpec(input_fn=rows), tf.estimator.EvalSpec(input_fn=rows))
