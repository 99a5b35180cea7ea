x = 'a b'
