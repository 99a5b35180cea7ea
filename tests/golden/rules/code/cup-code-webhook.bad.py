import requests
requests.post('https://hooks.slack.com/services/x', json={'a': 1}, timeout=9)  # expect: CUP-CODE-WEBHOOK
