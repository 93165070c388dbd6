"""Starting the program: what must be in order before, the built front end, the server."""
