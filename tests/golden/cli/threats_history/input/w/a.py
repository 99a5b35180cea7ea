import json
print(json)
