import requests

reply = requests.get("https://readings.example/api", verify=False, timeout=5)
