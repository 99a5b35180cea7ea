import os
print(os.environ.get('LANG'))
