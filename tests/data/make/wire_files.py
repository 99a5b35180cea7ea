# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of ONNX, safetensors and GGUF, written by the libraries that define them."""
import importlib.metadata
import os

import gguf
import numpy
import onnx
import safetensors
import safetensors.numpy
from onnx import TensorProto, helper, numpy_helper

from made import Made

random = numpy.random.RandomState(7)
TEMPLATE = ("{% for message in messages %}{% if message['role'] == 'user' %}<|user|>{{ message['content'] | trim }}\n"
            "{% else %}<|assistant|>{{ message['content'] }}{{ eos_token }}{% endif %}{% endfor %}"
            "{% if add_generation_prompt %}<|assistant|>{% endif %}")

made = Made("onnx", onnx.__version__)


def graph(subgraph=False):
    weight = numpy_helper.from_array(random.rand(3, 4).astype("f4"), "weight")
    bias = numpy_helper.from_array(random.rand(4).astype("f4"), "bias")
    nodes = [helper.make_node("MatMul", ["x", "weight"], ["m"]), helper.make_node("Add", ["m", "bias"], ["s"]),
             helper.make_node("Relu", ["s"], ["y"])]
    if subgraph:
        def branch(name, op):
            value = helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
            return helper.make_graph([helper.make_node(op, ["s"], [name])], name, [], [value])
        nodes[2:] = [helper.make_node("ReduceSum", ["s"], ["total"], keepdims=0), helper.make_node("Cast", ["total"], ["truth"], to=TensorProto.BOOL),
                     helper.make_node("If", ["truth"], ["y"], then_branch=branch("then", "Relu"), else_branch=branch("else", "Sigmoid"))]
    made_graph = helper.make_graph(nodes, "network", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3])],
                                   [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 4])], [weight, bias])
    model = helper.make_model(made_graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="onnx.helper")
    helper.set_model_props(model, {"labels": "cat,dog", "author": "nobody"})
    return model


onnx.save(graph(), made.path("network.onnx", "onnx", 2, "onnx.helper and onnx.save"))
onnx.save(graph(True), made.path("branches.onnx", "onnx", 2, "a graph with If and two graphs inside"))
numbers = made.path("external.bin", "unknown", None, "beside external.onnx")
if os.path.exists(numbers):  # it would be appended to
    os.remove(numbers)
onnx.save_model(graph(), made.path("external.onnx", "onnx", 2, "onnx.save_model with external data"), save_as_external_data=True,
                location="external.bin", size_threshold=0)
checked = onnx.shape_inference.infer_shapes(graph())
onnx.save(checked, made.path("inferred.onnx", "onnx", 2, "onnx.shape_inference"))
custom = graph()
custom.graph.node.append(helper.make_node("Gelu", ["y"], ["z"], domain="com.microsoft"))
custom.opset_import.append(helper.make_opsetid("com.microsoft", 1))
onnx.save(custom, made.path("contrib.onnx", "onnx", 2, "an operator of com.microsoft"))
made.close()

made = Made("safetensors", safetensors.__version__)
tensors = {"embed.weight": random.rand(4, 3).astype("f4"), "half": random.rand(2, 2).astype("f2"), "ids": numpy.arange(5),
           "mask": numpy.array([True, False]), "empty": numpy.zeros((0, 3), "f4"), "scalar": numpy.array(1.5, "f8")}
safetensors.numpy.save_file(tensors, made.path("model.safetensors", "safetensors", 6, "safetensors.numpy.save_file"), {"format": "np", "step": "3"})
safetensors.numpy.save_file({"w": numpy.ones((2, 2), "f4")}, made.path("plain.safetensors", "safetensors", 1, "without metadata"))
made.close()

made = Made("gguf", importlib.metadata.version("gguf"))


def write_gguf(name, architecture, endian=gguf.GGUFEndian.LITTLE):
    writer = gguf.GGUFWriter(made.path(name, "gguf", 4, "gguf.GGUFWriter, " + architecture), architecture, endianess=endian)
    writer.add_name("A small one")
    writer.add_license("apache-2.0")
    writer.add_context_length(64)
    writer.add_embedding_length(32)
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(["<unk>", "<s>", "</s>", "<|user|>", "<|assistant|>", "cupel"])
    writer.add_token_scores([0.0] * 6)
    writer.add_token_types([2, 3, 3, 3, 3, 1])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)
    if endian == gguf.GGUFEndian.LITTLE:
        rows = random.rand(6, 32).astype("f4")
        writer.add_tensor("token_embd.weight", gguf.quants.quantize(rows, gguf.GGMLQuantizationType.Q8_0), raw_dtype=gguf.GGMLQuantizationType.Q8_0)
        writer.add_tensor("blk.0.attn_q.weight", gguf.quants.quantize(random.rand(32, 32).astype("f4"), gguf.GGMLQuantizationType.Q4_0),
                          raw_dtype=gguf.GGMLQuantizationType.Q4_0)
    else:
        writer.add_tensor("token_embd.weight", random.rand(6, 32).astype("f2"))
        writer.add_tensor("blk.0.attn_q.weight", random.rand(32, 32).astype("f2"))
    writer.add_tensor("blk.0.attn_norm.weight", numpy.ones(32, "f4"))
    writer.add_tensor("output_norm.weight", numpy.ones(32, "f4"))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


write_gguf("llama.gguf", "llama")
write_gguf("big-endian.gguf", "qwen2", gguf.GGUFEndian.BIG)
made.close()
