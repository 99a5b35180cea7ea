import autogen
a = autogen.UserProxyAgent('u', code_execution_config=False)
