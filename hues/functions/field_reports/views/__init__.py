"""The pages of field reports."""
