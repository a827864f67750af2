"""Estimates: intervals, interruptions, change points, agreement, dyads, spread, forecasts."""
