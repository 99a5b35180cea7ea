import ollama
text = ollama.generate(model='m', prompt=p)['response']
open('answer.txt', 'w').write(text)
