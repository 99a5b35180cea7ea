import ollama
ollama.generate(model='m', prompt='Sum up: ' + text)
