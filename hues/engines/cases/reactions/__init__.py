"""What follows: people are told, chains are linked. Each module registers its own reactions."""

from hues.engines.cases.reactions import chains, digest, holding, moves, succeeding, times

__all__ = ["chains", "digest", "holding", "moves", "succeeding", "times"]
