"""Figures: pure functions from a frame to a plotly figure, one file each. They read and write nothing."""
