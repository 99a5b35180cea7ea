f = globals().get(name)  # expect: CUP-CODE-GLOBALS-LOOKUP
f()
