import autogen
a = autogen.UserProxyAgent('u', human_input_mode='ALWAYS')
