import json, requests
data = requests.get('https://example.org/m', timeout=9).content
model = json.loads(data)
