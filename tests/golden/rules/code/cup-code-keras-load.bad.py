from tensorflow import keras
m = keras.models.load_model('model.h5')  # expect: CUP-CODE-KERAS-LOAD
