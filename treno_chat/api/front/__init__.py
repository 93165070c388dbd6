"""HTTP: what every request passes before it comes to a route."""
