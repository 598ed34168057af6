"""Build, check and publish one warehouse file. Nothing here imports Dagster."""
