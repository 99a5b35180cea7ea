import os, ollama
r = ollama.generate(model='m', prompt=p)
os.system(r['response'])
# ---
from openai import OpenAI
r = OpenAI().responses.create(model='m', input=q)
cursor.execute(r.output_text)
# ---
from IPython.display import HTML
import ollama
HTML(ollama.generate(model='m', prompt=p)['response'])
# ---
import ollama
name = ollama.generate(model='m', prompt=p)['response']
open(name, 'w')
# ---
import requests, ollama
u = ollama.generate(model='m', prompt=p)['response']
requests.get(u, timeout=9)
# ---
import yaml, ollama
yaml.load(ollama.generate(model='m', prompt=p)['response'], Loader=yaml.Loader)
# ---
from langchain_experimental.tools import PythonREPLTool
tools = [PythonREPLTool()]
# ---
from langchain_community.tools import ShellTool
tools = [ShellTool()]
# ---
from langchain_experimental.agents import create_pandas_dataframe_agent
a = create_pandas_dataframe_agent(llm, df)
# ---
from langchain_experimental.agents import create_csv_agent
a = create_csv_agent(llm, 'd.csv', allow_dangerous_code=True)
# ---
from langchain_community.agent_toolkits import create_sql_agent
a = create_sql_agent(llm, db=db)
# ---
import autogen
a = autogen.UserProxyAgent('u', code_execution_config={'use_docker': False})
