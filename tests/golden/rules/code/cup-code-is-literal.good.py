if x == 'a':
    f()
