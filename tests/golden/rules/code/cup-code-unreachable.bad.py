def f():
    return 1  # expect: CUP-CODE-UNREACHABLE
    g()
