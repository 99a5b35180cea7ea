import os

import requests

name = input()
command = "ls " + name
os.system(command)
requests.get("https://a.example", verify=False, timeout=5)
requests.get("https://b.example", verify=False, timeout=5)  # nosec
