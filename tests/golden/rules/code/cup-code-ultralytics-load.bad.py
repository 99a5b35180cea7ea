from ultralytics import YOLO
m = YOLO('/content/best.pt')  # expect: CUP-CODE-ULTRALYTICS-LOAD
