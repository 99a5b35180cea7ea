names = ['a', 'b' 'c']  # expect: CUP-CODE-LIST-CONCAT
