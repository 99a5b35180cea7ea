from tensorflow.keras.layers import Lambda
layer = Lambda(lambda x: x / 255)  # expect: CUP-CODE-KERAS-LAMBDA
