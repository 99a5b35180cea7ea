import jwt
jwt.encode({'a': 1}, 'not-secret', algorithm='HS256')  # expect: CUP-CODE-JWT-SECRET-LITERAL
