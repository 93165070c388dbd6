"""What a person can do: access, write, announce after commit."""
