import http.client
c = http.client.HTTPSConnection('example.org')
# ---
import ftplib
f = ftplib.FTP('example.org')
# ---
import telnetlib
t = telnetlib.Telnet('example.org')
# ---
import paramiko
c = paramiko.SSHClient()
c.set_missing_host_key_policy(paramiko.AutoAddPolicy)
# ---
import socket
s = socket.socket()
s.bind(('0.0.0.0', 8080))
# ---
import socket
s = socket.socket()
s.bind(('', 8080))
# ---
!jupyter notebook --ip=0.0.0.0 --NotebookApp.token=''
# ---
!jupyter lab --ServerApp.allow_origin='*'
# ---
from fastapi.middleware.cors import CORSMiddleware
app.add_middleware(CORSMiddleware, allow_origins=['*'])
# ---
!ngrok http 8888
# ---
import gradio as gr
gr.Interface(f, 'text', 'text').launch(share=True)
# ---
from flask import Flask
app = Flask(__name__)
app.run(debug=True)
