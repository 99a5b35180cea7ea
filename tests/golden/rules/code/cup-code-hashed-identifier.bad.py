import hashlib
key = hashlib.md5(email.encode()).hexdigest()  # expect: CUP-CODE-HASHED-IDENTIFIER
