from ultralytics import YOLO
m = YOLO('best.onnx')
