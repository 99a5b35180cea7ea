# SPDX-License-Identifier: GPL-3.0-or-later
import gradio
from transformers import pipeline

tell = pipeline("text-classification", model="./checked/weather")
demo = gradio.Interface(fn=tell, inputs="text", outputs="label")
demo.launch()
