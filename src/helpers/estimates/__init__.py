"""Estimates: intervals, interruptions, specifications, handovers, change points, agreement, dyads, spread, forecasts."""
