from langchain import hub
p = hub.pull('someone/prompt')  # expect: CUP-CODE-PROMPT-HUB
