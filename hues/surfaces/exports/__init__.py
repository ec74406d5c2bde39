"""Long lists of a desk as files: asked for, written by a worker, fetched within some days."""
