from distributed.security import Security
s = Security(require_encryption=True)
