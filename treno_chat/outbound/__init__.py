"""Text messages on their way out: a port each for those who carry them, adapters behind it."""
