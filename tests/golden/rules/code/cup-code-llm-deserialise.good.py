import json, ollama
json.loads(ollama.generate(model='m', prompt=p)['response'])
