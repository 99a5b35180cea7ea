names = ['a', 'b', 'c']
