import pickle, requests
data = requests.get('https://example.org/m').content
model = pickle.loads(data)  # expect: CUP-CODE-PICKLE-OUTSIDE
