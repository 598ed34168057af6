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
from reports.figures.style import ROW_HEIGHT
from reports.figures.summary import Summary, Words


@dataclass(frozen=True)
class Drawing:
    """summarise: frame of rows -> what is drawn. draw, describe: from that table only.

    Live when `summarise` is a Summary, `describe` are Words and `draw` uses marks only: then the pages redraw it
    for every choice of the reader's; otherwise it is drawn beforehand, for all bodies and for each.
    grows   one bar per row of the table: the height follows the number of rows, row_height pixels for each
    """

    summarise: Callable[[pd.DataFrame], pd.DataFrame] | Summary
    draw: Callable[[pd.DataFrame], go.Figure]
    describe: Callable[[pd.DataFrame], str] | Words
    columns: tuple[Column, ...]
    grows: bool = False
    row_height: int = ROW_HEIGHT

    @property
    def keys(self) -> tuple[str, ...]:
        """What its table shows: with the columns of choices, what a drawing that is not live needs."""
        return tuple(column.key for column in self.columns)

    @property
    def is_live(self) -> bool:
        return isinstance(self.summarise, Summary) and isinstance(self.describe, Words)
