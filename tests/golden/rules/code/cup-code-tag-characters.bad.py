x = 'hi󠁁󠁂'  # expect: CUP-CODE-TAG-CHARACTERS
