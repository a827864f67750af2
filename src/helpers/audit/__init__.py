"""What the reports state, asked of the data, and how firm each verdict is."""
