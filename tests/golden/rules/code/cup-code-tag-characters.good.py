x = 'hi'
