"""The training of the reader: `python -m training.reader`."""
