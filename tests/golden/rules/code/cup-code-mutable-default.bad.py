def f(x=[]):  # expect: CUP-CODE-MUTABLE-DEFAULT
    x.append(1)
    return x
