"""The only network door: short-lived processes, each for one thing that a person approved or asked for."""
