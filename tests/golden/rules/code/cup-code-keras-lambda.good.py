from tensorflow.keras.layers import Rescaling
layer = Rescaling(1 / 255)
