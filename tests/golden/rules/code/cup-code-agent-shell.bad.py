from langchain_community.tools import ShellTool
tools = [ShellTool()]  # expect: CUP-CODE-AGENT-SHELL
