from mcp import StdioServerParameters
p = StdioServerParameters(command='node', args=['./server.js'])
