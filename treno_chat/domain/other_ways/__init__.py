"""Domain: passwords, links by mail, and providers."""
