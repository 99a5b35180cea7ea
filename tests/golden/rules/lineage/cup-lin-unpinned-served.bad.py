# SPDX-License-Identifier: GPL-3.0-or-later
import gradio
from transformers import pipeline

tell = pipeline("text-classification", model="someone/weather")
demo = gradio.Interface(fn=tell, inputs="text", outputs="label")  # expect: CUP-LIN-UNPINNED-SERVED
demo.launch()
