"""How an answer leaves the viewer: kept, marked with how long it holds, made smaller, and counted."""
