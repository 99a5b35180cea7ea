# what a save gives back is the place that it wrote to
import tensorflow as tf
first = tf.train.Checkpoint(v=tf.Variable(1.))
place = first.save("kept/first")
second = tf.train.Checkpoint(v=tf.Variable(0.))
second.restore(place)
