# a converted cell that writes a script
# In[1]:

get_ipython().run_cell_magic("writefile", "go.py", "import pandas as pd\npd.read_csv('rows.csv').to_csv('out.csv')\n")
