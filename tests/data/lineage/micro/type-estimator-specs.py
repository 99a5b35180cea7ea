# 3.3: the functions of train and evaluation specs give the data
import tensorflow as tf
def learn():
    return tf.data.Dataset.from_tensor_slices(tf.io.read_file("train.txt"))
def check():
    return tf.data.Dataset.from_tensor_slices(tf.io.read_file("test.txt"))
e = tf.estimator.DNNClassifier(hidden_units=[3], feature_columns=[])
tf.estimator.train_and_evaluate(e, tf.estimator.TrainSpec(input_fn=learn), tf.estimator.EvalSpec(input_fn=check))
