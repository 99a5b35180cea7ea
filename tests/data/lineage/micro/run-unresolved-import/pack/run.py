from .missing import load
load()
