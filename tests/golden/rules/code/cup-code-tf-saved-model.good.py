import keras
m = keras.models.load_model('model.keras')
