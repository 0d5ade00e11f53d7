"""The module map on a page: what was asked of it, its boxes, and what stands round them."""
