while True:  # expect: CUP-CODE-WHILE-TRUE
    f()
