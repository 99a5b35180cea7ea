# In[1]:
get_ipython().run_line_magic('matplotlib', 'inline')
import pandas as pd
# In[2]:
df = pd.read_csv("a.csv")
# In[3]:
df.to_csv("out.csv")
