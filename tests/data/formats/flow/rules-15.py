from openai import OpenAI
OpenAI().chat.completions.create(model='m', messages=[])
# ---
import os
os.environ['LANGCHAIN_TRACING_V2'] = 'true'
# ---
import google.generativeai as genai
m = genai.GenerativeModel('g', safety_settings={'HARASSMENT': 'BLOCK_NONE'})
# ---
import openai
client = openai.OpenAI(dangerously_allow_browser=True)
# ---
import os
from mcp.server.fastmcp import FastMCP
mcp = FastMCP('m')
@mcp.tool()
def run(cmd: str):
    return os.popen(cmd).read()
# ---
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
X = StandardScaler().fit_transform(X)
A, B = train_test_split(X, random_state=0)
# ---
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import train_test_split
X, y = SMOTE().fit_resample(X, y)
a, b, c, d = train_test_split(X, y, random_state=0)
# ---
from sklearn.preprocessing import StandardScaler
s = StandardScaler()
X_test = s.fit_transform(X_test)
# ---
from sklearn.svm import SVC
m = SVC().fit(X_train, y_train)
m.score(X_train, y_train)
# ---
from sklearn.model_selection import train_test_split
a, b = train_test_split(X)
# ---
from sklearn.model_selection import train_test_split
a, b = train_test_split(time_series, random_state=0)
# ---
import numpy as np
from sklearn.svm import SVC
x = np.random.rand(9)
SVC().fit(x, y)
