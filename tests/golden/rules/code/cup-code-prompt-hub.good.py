from langchain import hub
p = hub.pull('someone/prompt:50442af1')
