"""Readers of files that can hurt (workbooks, Parquet), each run in a child process with bounded memory and
time.

`client` is the side of the source; `child` is the process; the other modules are what it reads with. What the
child hands back is one or more Parquet files of text cells, written by ourselves.
"""
