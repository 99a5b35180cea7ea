import ollama
name = ollama.generate(model='m', prompt=p)['response']
open(name, 'w')  # expect: CUP-CODE-LLM-PATH
