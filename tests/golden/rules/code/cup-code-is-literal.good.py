if x == 'a':
    f()
if x is not None:
    f()
