"""How the viewer is kept up: where the catalogue lies, and how what is shown follows it."""
