if x is 'a':  # expect: CUP-CODE-IS-LITERAL
    f()
