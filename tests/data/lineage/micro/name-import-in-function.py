# 3.2: an import inside a function is local to it
def load():
    import pandas as frames
    return frames.read_csv("a.csv")
load().to_csv("out.csv")
