import jwt
jwt.decode(t, options={'verify_signature': False})  # expect: CUP-CODE-JWT-UNVERIFIED
