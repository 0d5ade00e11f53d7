"""How what is known is said on a page: values in words, the plan row by row, terms explained, tables that are heard."""
