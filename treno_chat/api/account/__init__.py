"""HTTP: what a registered person does with what is held about them."""
