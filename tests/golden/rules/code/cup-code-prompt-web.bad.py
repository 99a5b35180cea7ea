import requests, ollama
t = requests.get('https://example.org', timeout=9).text
ollama.generate(model='m', prompt='Sum up: ' + t)  # expect: CUP-CODE-PROMPT-WEB
