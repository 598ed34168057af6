"""The subcommands of `certhouse`, a file per domain. What is heavy is imported inside the functions."""
