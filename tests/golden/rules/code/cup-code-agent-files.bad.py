from langchain_community.agent_toolkits import FileManagementToolkit
t = FileManagementToolkit()  # expect: CUP-CODE-AGENT-FILES
