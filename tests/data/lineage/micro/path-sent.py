import pandas as pd
import requests

HOOK = "https://hooks.example.com/x"
frame = pd.read_csv("a.csv")
requests.post(HOOK, json={"text": "done"})
requests.post("https://api.example.com/push", json={"rows": frame.to_dict()})
requests.post("https://api.example.com/body", frame.to_csv())
answer = requests.post("https://api.example.com/ask", json=frame.to_dict())
answer.json()
