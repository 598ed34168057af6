"""Dagster definitions by domain. Each module wires functions that work without Dagster."""
