def f():
    try:  # expect: CUP-CODE-FINALLY-LEAVES
        g()
    finally:
        return 1
