import os
print(os.environ)  # expect: CUP-CODE-ENV-PRINTED
