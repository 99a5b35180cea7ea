my_open('x')
