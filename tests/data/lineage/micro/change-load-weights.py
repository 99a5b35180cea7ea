# 4.3: load_weights puts weights into the model
import keras
net = keras.Sequential([keras.layers.Dense(1)])
net.load_weights("w.weights.h5")
net.save("out.keras")
