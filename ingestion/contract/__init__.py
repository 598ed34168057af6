"""The source contract: one YAML file per table, read once into frozen dataclasses."""

from ingestion.contract.loader import contract
from ingestion.contract.model import Column, ColumnType, Contract, Reference, Table

__all__ = ["Column", "ColumnType", "Contract", "Reference", "Table", "contract"]
