from langchain_core.tools import tool
tools = [list_reports]
