# rows: a picture is changed and saved
from PIL import Image
image = Image.open("a.jpg")
image.convert("L").save("out.png")
