# 3.4: the weights of each architecture are a source of their own; None and False ask for none
import torchvision
from tensorflow.keras.applications import ResNet50
from tensorflow.keras.applications.vgg16 import VGG16
from torchvision.models import ResNet50_Weights, resnet50
a = ResNet50(weights="imagenet")
b = VGG16(weights="imagenet")
c = VGG16(include_top=False)
d = torchvision.models.resnet18(pretrained=True)
e = resnet50(weights=ResNet50_Weights.IMAGENET1K_V2)
chosen = ResNet50_Weights.DEFAULT
change = chosen.transforms()
f = resnet50(weights=chosen)
g = VGG16(weights=None)
h = torchvision.models.resnet34(pretrained=False)
i = torchvision.models.resnet34()
j = VGG16(weights="mine.h5")
