import json
f = json.load(open('f.json'))
