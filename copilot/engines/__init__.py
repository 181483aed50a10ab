"""One module per model role on OpenVINO, and `rehearsal`, which plays every role without a model.

A module here fills a port (indexer/ports.py, copilot/ports.py) from a model pack and a placement; it decides nothing
about which pack or device to use (placement.py does) and knows nothing about questions, files or prompts.
"""
