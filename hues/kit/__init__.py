"""Pure building blocks: no Django, no database, no city."""
