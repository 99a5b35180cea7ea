# a converted cell among others that writes a script, which a later one starts
# In[1]:

first = 1

# In[2]:

get_ipython().run_cell_magic('writefile', 'go.py', 'import sys\nimport pandas as pd\npd.read_csv(sys.argv[1]).to_csv("out.csv")\n')

# In[3]:

get_ipython().system('python go.py rows.csv')
