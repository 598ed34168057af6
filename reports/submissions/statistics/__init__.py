"""Statistical files: tables and documents of counts and sums, filled from the warehouse's figures.

A form (`forms/<profile>/`) says which tables there are, with their rows, columns and words; the figures come
from submissions.sub_statistics__figure. Nothing about a particular form stands in Python.
"""
