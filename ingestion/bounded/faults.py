"""What the reading process says about a file that it does not read: a sentence without the file's name, which
the caller puts in front."""


class Unreadable(Exception):
    """The file, or a sheet of it, cannot be read. The message says why, and what to do."""


SAVE_AGAIN = "Open it in the spreadsheet program and save it again as .xlsx."
