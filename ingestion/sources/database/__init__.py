"""Databases as a source: PostgreSQL, MySQL and MariaDB, SQL Server, Oracle, SQLite, DuckDB.

connecting  one read-only snapshot within time limits
engines     what differs between the kinds of databases
copying     a table to Parquet, as text, sorted and hashed
source      the contract's tables among those of the database

How a database is named, and where its password may stand: ingestion/location.py.
"""
