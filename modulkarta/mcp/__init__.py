"""A server for assistants (the Model Context Protocol): eight questions they may ask, none that changes anything."""
