"""The doors by which channels hand over what people write: each message signed by the channel's own rule."""
