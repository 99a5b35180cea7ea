for k in d.keys():  # expect: CUP-CODE-CHANGED-IN-LOOP
    del d[k]
