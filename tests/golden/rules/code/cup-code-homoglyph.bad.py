impоrt_data = 1  # expect: CUP-CODE-HOMOGLYPH
