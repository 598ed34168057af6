"""A second reading of the rule catalogue, version 2: small, obvious, slow Python that the product is compared with.

Nothing here imports the product, and nothing in the product imports this package. Where both agree on data
that neither has seen, the rule is implemented as worded, or misread twice in the same way.

How it is laid out:

- contract.txt, contract.py  tables and columns; records.py: a record, whose cells are attributes
- landing.py       a folder of CSV files -> Source: unreadable cells, keys, duplicates, stubs, what was not delivered
- unknown.py       unknown cells (unreadable, NULL in a required column, any cell of a stub) are judged by trying values
- world.py         World(source, as_of): table(name), get(table, key), of(table, column, key); known(day), happened(day)
- audits.py, clients.py, lines.py, status.py, people.py, chain.py, load.py, capacity.py, arithmetic.py, numbers.py,
  workdays.py      the catalogue's definitions, as functions of the world
- judging.py       @each(...) populations and @rule(...) judgements: see there for how a rule is written
- rules_*.py       the chapters; exports.py (CHAPTERS lists them) and figures.py: the six files
- randomdata.py, worlds/  seeded random sources; coverage.py: which states they reach; compare.py: two exports row by row

Reading a cell (row.actual_start) may raise NeedCell, which the machinery catches: just let it pass. Where the
catalogue itself says what a NULL of a required column or a stub means, ask first: row.is_stub,
row.is_unknown("onsite_days"), or read with row.solid("expires_on") (NULL where unknown, whatever is tried). A stub
that decides needs no word in most rules: trying values makes the outcome undetermined. Results of definitions
are remembered with @remembered (world.py) unless they hang on an unknown cell.
"""
