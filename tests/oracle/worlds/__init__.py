"""Random small worlds: contract-conforming records whose dates and numbers crowd around the rules' limits."""
