x = float('1.5')
