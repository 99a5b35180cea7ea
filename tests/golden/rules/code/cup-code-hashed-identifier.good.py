import hmac, os
key = hmac.new(os.urandom(32), email.encode(), 'sha256').hexdigest()
