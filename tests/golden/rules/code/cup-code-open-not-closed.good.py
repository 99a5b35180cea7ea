with open('a.txt', 'w') as f:
    f.write('x')
words = open('words.txt', encoding='latin-1')
first = next(words)
