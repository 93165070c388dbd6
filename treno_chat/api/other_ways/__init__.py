"""HTTP: passwords, links by mail, and providers."""
