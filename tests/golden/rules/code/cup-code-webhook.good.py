import os, requests
requests.post(os.environ['HOOK'], json={'a': 1}, timeout=9)
