def f():
    g()
    return 1
