df.query(f'name == "{name}"')  # expect: CUP-CODE-DF-EVAL
