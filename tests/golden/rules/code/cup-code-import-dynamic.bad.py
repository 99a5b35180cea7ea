import importlib
m = importlib.import_module(name)  # expect: CUP-CODE-IMPORT-DYNAMIC
