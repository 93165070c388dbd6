"""What the page of the assistant is made of."""
