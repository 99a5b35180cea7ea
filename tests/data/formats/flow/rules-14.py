from smolagents import CodeAgent
a = CodeAgent(tools=[], model=m, additional_authorized_imports=['*'])
# ---
import autogen
a = autogen.UserProxyAgent('u', human_input_mode='NEVER', code_execution_config={'work_dir': 'w'})
# ---
from langchain_community.tools.requests.tool import RequestsGetTool
t = RequestsGetTool(requests_wrapper=w)
# ---
from langchain_community.agent_toolkits import FileManagementToolkit
t = FileManagementToolkit()
# ---
from langchain.agents import AgentExecutor
a = AgentExecutor(agent=g, tools=t, max_iterations=None)
# ---
from langchain.chains import LLMMathChain
c = LLMMathChain.from_llm(llm)
# ---
from openai import OpenAI
q = input()
OpenAI().chat.completions.create(model='m', messages=[{'role': 'system', 'content': 'You help. ' + q}], max_tokens=9)
# ---
import requests, ollama
t = requests.get('https://example.org', timeout=9).text
ollama.generate(model='m', prompt='Sum up: ' + t)
# ---
import os, ollama
ollama.generate(model='m', prompt='Use key ' + os.environ['API_KEY'])
# ---
import ollama
ollama.generate(model='m', prompt=f'Write to {customer_email}')
# ---
from langchain_core.prompts import PromptTemplate
p = PromptTemplate.from_template(t, template_format='jinja2')
# ---
from langchain import hub
p = hub.pull('someone/prompt')
