def f(x=None):
    x = x or []
    x.append(1)
    return x
