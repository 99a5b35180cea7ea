if x == x:  # expect: CUP-CODE-SELF-COMPARE
    f()
