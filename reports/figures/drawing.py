"""What every figure file offers: the table that is drawn, the figure, and a sentence that says what it shows.

The table is the figure's alternative for readers who cannot or would not look; the figure is drawn from it
alone, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column


@dataclass(frozen=True)
class Drawing:
    """summarise: frame of one or all bodies -> what is drawn. draw, describe: from that table only."""

    summarise: Callable[[pd.DataFrame], pd.DataFrame]
    draw: Callable[[pd.DataFrame], go.Figure]
    describe: Callable[[pd.DataFrame], str]
    columns: tuple[Column, ...]
