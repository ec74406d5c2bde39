"""The pages of storm and flood."""
