password = 1
