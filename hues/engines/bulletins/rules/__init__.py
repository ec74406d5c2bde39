"""Pure decisions about bulletins."""
