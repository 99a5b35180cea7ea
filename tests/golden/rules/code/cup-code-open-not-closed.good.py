with open('a.txt', 'w') as f:
    f.write('x')
