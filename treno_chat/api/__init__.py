"""HTTP: the routes that own the credentials, the door without JavaScript, health."""
