def f():
    return 1
    g()
# ---
def f():
    try:
        g()
    finally:
        return 1
# ---
names = ['a', 'b' 'c']
# ---
import time
async def f():
    time.sleep(1)
# ---
for k in d.keys():
    del d[k]
# ---
import pandas as pd
df = pd.read_csv('/home/bob/data.csv')
# ---
f = open('a.txt', 'w')
f.write('x')
# ---
x = 'a‮ b'
# ---
pass​word = 1
# ---
x = 'hi󠁁󠁂'
# ---
impоrt_data = 1
# ---
x = 1                                                                                                                                                                                                                  ; y = 2
