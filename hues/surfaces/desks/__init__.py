"""What the desks of the agencies and of the centre share: a queue, a case beside it, moves that lose nothing."""
