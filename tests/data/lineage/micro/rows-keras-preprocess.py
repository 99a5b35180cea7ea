# rows: what a network wants of its pictures is no data
import numpy as np
from tensorflow.keras.applications import resnet50
x = resnet50.preprocess_input(np.load("a.npy"))
np.save("out.npy", x)
