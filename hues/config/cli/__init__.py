"""The `hues` command line; each command says more with --help."""

import click

from hues.config.cli.run import run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def hues() -> None:
    """Run and keep a city."""


for _command in (run,):
    hues.add_command(_command)
