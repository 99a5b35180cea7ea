# 3.4: a call of a library that no row describes reads the files it is given
from some_library import prepare, Model
settings = prepare("settings.yaml", words="words.npy")
model = Model(settings)
