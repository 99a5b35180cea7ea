from langchain_community.agent_toolkits import FileManagementToolkit
t = FileManagementToolkit(root_dir='work')
