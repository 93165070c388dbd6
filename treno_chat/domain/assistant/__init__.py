"""Domain: conversations with the assistant, and tasks."""
