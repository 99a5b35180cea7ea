x = 'ab'
