"""A second reading of the rule catalogue: small, obvious, slow Python that the SQL product is compared with.

Nothing here imports the product, and nothing in the product imports this package. Where both agree on data
that neither has seen, the rule is implemented as worded, or misread twice in the same way.
"""
