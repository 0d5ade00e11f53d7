"""One file a group of commands; what they share stands beside this folder."""
