try:
    f()
except:  # expect: CUP-CODE-BARE-EXCEPT
    pass
