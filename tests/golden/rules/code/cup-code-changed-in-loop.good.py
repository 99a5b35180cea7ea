for k in list(d):
    del d[k]
