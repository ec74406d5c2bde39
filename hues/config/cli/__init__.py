"""The `hues` command line; each command says more with --help."""

import click

from hues.config.cli.changes import changing
from hues.config.cli.channels import channels
from hues.config.cli.facts import agencies, areas, catalogue, people
from hues.config.cli.hooks import hooks
from hues.config.cli.jobs import jobs
from hues.config.cli.keeping import backup, check, demo, migrate, restore, setup, worker
from hues.config.cli.keys import keys
from hues.config.cli.reports import reports
from hues.config.cli.run import run

changing(agencies)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def hues() -> None:
    """Run and keep a city."""


for _command in (
    *(run, worker, migrate, demo, setup, check, backup, restore),
    *(areas, agencies, catalogue, people, reports, keys, hooks, channels, jobs),
):
    hues.add_command(_command)
