from .here import load
load()
