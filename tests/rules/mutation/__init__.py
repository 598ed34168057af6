"""Mutants of the rules' own SQL: how much of a judgement the boundary cases hold fast."""
