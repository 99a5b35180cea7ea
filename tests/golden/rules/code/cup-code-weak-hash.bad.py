import hashlib
h = hashlib.md5(data).hexdigest()  # expect: CUP-CODE-WEAK-HASH
