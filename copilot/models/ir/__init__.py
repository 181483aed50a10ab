"""Builds OpenVINO graphs node by node out of weights that are already on this machine, without torch.

`graph.py` has the pieces that every model shares, `decoder.py` and `bert.py` the two families, `rounded_onnx.py` mends
graphs that come as ONNX, `tokenizer.py` has the graphs that turn text into token ids and back. Reading weights and
choosing integers for them is not done here.
"""
