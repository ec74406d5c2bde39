"""`python -m hues`: the command line of the city."""

from hues.config.cli import hues

hues(prog_name="hues")
