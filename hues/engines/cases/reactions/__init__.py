"""What follows: people are told, chains are linked. Each module registers its own reactions."""

from hues.engines.cases.reactions import chains, digest, moves, times

__all__ = ["chains", "digest", "moves", "times"]
