f = open('a.txt', 'w')  # expect: CUP-CODE-OPEN-NOT-CLOSED
f.write('x')
