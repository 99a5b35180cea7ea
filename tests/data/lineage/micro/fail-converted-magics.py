# In[1]:
get_ipython().system('wget https://example.org/b.csv')
import pandas as pd
# In[2]:
get_ipython().run_cell_magic('time', '', 'df = pd.read_csv("a.csv")\nfor name in [f\'{1}x\', "it\\\'s"]:\n    df = df.dropna()\n')
# In[3]:
get_ipython().run_line_magic('time', 'other = pd.read_csv("b.csv")')
# In[4]:
get_ipython().run_cell_magic('bash', '', 'curl https://example.org/c.csv -o c.csv\n')
# In[5]:
get_ipython().run_cell_magic('sql', 'rows <<', 'SELECT *\nFROM orders\n')
# In[6]:
more = get_ipython().run_line_magic('time', "pd.read_csv('c.csv')")
df.to_csv("out.csv")
other.to_csv("other.csv")
more.to_csv("more.csv")
rows.to_csv("rows.csv")
