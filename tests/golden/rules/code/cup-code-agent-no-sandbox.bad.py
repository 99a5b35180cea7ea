import autogen
a = autogen.UserProxyAgent('u', code_execution_config={'use_docker': False})  # expect: CUP-CODE-AGENT-NO-SANDBOX
