# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders as the Hugging Face libraries save them: configuration, tokenizer with its chat template, weights in shards."""
import json
import os

import numpy
import safetensors.numpy
import tokenizers
import transformers

from made import Made

made = Made("transformers", transformers.__version__)
TEMPLATE = ("{%- for message in messages %}{{- '<|' + message.role + '|>' + message.content + eos_token }}{%- endfor %}"
            "{%- if add_generation_prompt %}{{- '<|assistant|>' }}{%- endif %}")


FORMATS = {"chat_template.jinja": "jinja", "tokenizer.json": "text"}


def folder(name, rows):
    """The folder; `rows`: file and format of what will be in it."""
    for file, format, tensors in rows:
        path = made.path(name + "/" + file, format, tensors, "save_pretrained")
    return os.path.dirname(path)


def tokenizer():
    words = {"<unk>": 0, "<s>": 1, "</s>": 2, "a": 3, "small": 4, "bowl": 5}
    inner = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="<unk>"))
    inner.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    made_tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=inner, unk_token="<unk>", bos_token="<s>", eos_token="</s>")
    made_tokenizer.chat_template = TEMPLATE
    return made_tokenizer


for kind, options in (("bert", {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "vocab_size": 6}),
                      ("llama", {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "vocab_size": 6, "intermediate_size": 8})):
    target = folder(kind, [("config.json", "hub", None)])
    config = transformers.AutoConfig.for_model(kind, **options)
    config.save_pretrained(target)
    transformers.GenerationConfig(max_new_tokens=8, do_sample=True, temperature=0.7).save_pretrained(target)
    tokenizer().save_pretrained(target)
    weights = {f"model.layers.{k}.weight": numpy.full((8, 8), k, "f4") for k in range(4)}
    names = sorted(weights)
    where = {}
    for number, part in enumerate((names[:2], names[2:]), 1):
        file = f"model-{number:05}-of-00002.safetensors"
        where.update({name: file for name in part})
        safetensors.numpy.save_file({name: weights[name] for name in part}, os.path.join(target, file), {"format": "pt"})
    with open(os.path.join(target, "model.safetensors.index.json"), "w", encoding="utf-8") as out:
        json.dump({"metadata": {"total_size": 1024}, "weight_map": where}, out, indent=2, sort_keys=True)
    known = {"config.json"}
    for file in sorted(set(os.listdir(target)) - known):
        made.path(kind + "/" + file, FORMATS.get(file, "safetensors" if file.endswith(".safetensors") else "hub"),
                  2 if file.endswith(".safetensors") else None, "save_pretrained")
made.close()
