pass​word = 1  # expect: CUP-CODE-ZERO-WIDTH
