"""One State a screen: thin, it reads input and calls one action."""
