"""Submission files: workbooks and documents in their recipients' forms, from the published warehouse.

`kinds` says what can be submitted, `preparing` makes it. A form is data (`forms/<profile>/`): the code here fills,
checks and writes any form.
"""
