import ollama
ollama.generate(model='m', prompt='Write a greeting')
