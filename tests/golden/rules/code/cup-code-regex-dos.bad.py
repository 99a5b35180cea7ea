import re
re.match('(a+)+$', text)  # expect: CUP-CODE-REGEX-DOS
