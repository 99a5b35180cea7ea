import shelve
db = shelve.open('cache')  # expect: CUP-CODE-SHELVE
