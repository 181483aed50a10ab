"""The engine process and the pipe to it: messages, server, client. What the calls do is app.py's matter."""
