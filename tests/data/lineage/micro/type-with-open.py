# 3.3: with open as f is the file
import json
with open("a.json") as f:
    data = json.load(f)
with open("out.json", "w") as g:
    json.dump(data, g)
