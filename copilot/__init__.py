"""Question in, cited answer out: models, devices, answers, the engine process and the command line. No Qt."""
