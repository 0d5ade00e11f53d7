"""The catalogue as tables that people fill in and send back: a workbook, or a file for each."""
