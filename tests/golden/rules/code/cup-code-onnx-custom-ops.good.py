import onnxruntime
s = onnxruntime.InferenceSession('m.onnx')
