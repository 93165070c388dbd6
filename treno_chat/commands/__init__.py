"""What the operator can do from the command line, one module for each group of commands."""
