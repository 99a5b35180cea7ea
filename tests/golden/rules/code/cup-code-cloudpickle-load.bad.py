import cloudpickle
f = cloudpickle.load(open('f.pkl', 'rb'))  # expect: CUP-CODE-CLOUDPICKLE-LOAD
