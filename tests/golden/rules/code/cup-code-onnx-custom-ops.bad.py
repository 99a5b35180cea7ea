import onnxruntime
so = onnxruntime.SessionOptions()
so.register_custom_ops_library('ops.so')  # expect: CUP-CODE-ONNX-CUSTOM-OPS
