import joblib, urllib.request
m = joblib.load(urllib.request.urlopen('https://example.org/m.pkl'))
# ---
import tarfile
tarfile.open('d.tgz').extractall('data')
# ---
import zipfile
zipfile.ZipFile(input()).extractall()
# ---
!curl -s https://example.org/install.sh | bash
# ---
!wget -q https://example.org/tool && chmod +x tool && ./tool
# ---
!git clone https://github.com/someone/project
# ---
!npx some-tool
# ---
!docker pull tensorflow/tensorflow:latest
# ---
!docker run --privileged image
# ---
import docker
docker.from_env().containers.run(input())
# ---
!kaggle datasets download -d someone/data
# ---
!python setup.py install
