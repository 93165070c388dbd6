"""Actions: conversations with the assistant, and tasks."""
