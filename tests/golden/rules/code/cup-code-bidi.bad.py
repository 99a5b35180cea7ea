x = 'a‮ b'  # expect: CUP-CODE-BIDI
