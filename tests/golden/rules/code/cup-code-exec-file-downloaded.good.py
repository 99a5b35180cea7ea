import requests
print(requests.get('https://example.org/x.py', timeout=9).text)
