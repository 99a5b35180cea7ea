# 3.2: an import with a fall-back binds either
try:
    import modin.pandas as pd
except ImportError:
    import pandas as pd
df = pd.read_csv("a.csv")
df.to_csv("out.csv")
