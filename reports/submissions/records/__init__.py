"""Files whose rows are records: certificates, audits, members of teams, in the regulator's sheets, checked cell by cell.

A form (`forms/<profile>/`) says which fields a sheet has, how each is filled and what it must satisfy. Nothing about a
particular form stands in Python.
"""
