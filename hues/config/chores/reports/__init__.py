"""Take reports that another system kept: read a file, translate it by a map, write what is new."""
