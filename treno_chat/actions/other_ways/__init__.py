"""Actions: passwords, links by mail, and providers."""
