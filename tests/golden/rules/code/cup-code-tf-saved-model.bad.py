import tensorflow as tf
m = tf.saved_model.load('model')  # expect: CUP-CODE-TF-SAVED-MODEL
