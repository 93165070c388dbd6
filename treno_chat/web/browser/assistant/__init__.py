"""What runs on the page of the assistant: its own memory, and what one does there."""
