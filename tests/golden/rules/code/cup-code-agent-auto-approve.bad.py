import autogen
a = autogen.UserProxyAgent('u', human_input_mode='NEVER', code_execution_config={'work_dir': 'w'})  # expect: CUP-CODE-AGENT-AUTO-APPROVE
