from distributed.security import Security
s = Security(require_encryption=False)  # expect: CUP-CODE-DASK-CLEAR
