"""HTTP: pages the server draws itself."""
