if x is 'a':  # expect: CUP-CODE-IS-LITERAL
    f()
if x is (not None):  # expect: CUP-CODE-IS-LITERAL
    f()
