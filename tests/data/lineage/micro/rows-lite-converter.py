# rows: a saved model is converted
import tensorflow as tf
converter = tf.lite.TFLiteConverter.from_saved_model("model_dir")
with open("out.tflite", "wb") as f:
    f.write(converter.convert())
