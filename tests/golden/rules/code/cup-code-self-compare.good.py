if x == y:
    f()
