"""The pages of the super app."""
