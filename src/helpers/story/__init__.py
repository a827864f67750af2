"""What each chapter shows: one module a chapter, each function a `Report` in and a figure, table or text out."""
