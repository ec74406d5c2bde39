"""City functions: leaves that know engines and never one another."""
