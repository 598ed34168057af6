"""How much a file may ask for before it counts as broken or hostile."""

#: Memory of the reading process, bytes of address space. A sheet of a million rows needs a tenth of it.
MEMORY = 3 * 1024**3
#: Processor time of the reading process for all files of a source, seconds.
PROCESSOR_TIME = 3600
#: Wall time for one request: seconds, and more for each megabyte of the file.
WALL_TIME = 120.0
WALL_TIME_PER_MEGABYTE = 20.0

#: An archive member that unpacks to more than this, and to more than so many times its packed size, is a bomb:
#: XML of a sheet shrinks to a tenth or twentieth.
MEMBER_ALWAYS_ALLOWED = 64 * 1024**2
MEMBER_LARGEST_RATIO = 200
MEMBER_LARGEST = 4 * 1024**3
#: Members of one archive.
MEMBERS = 10_000

#: Columns of a sheet that are read; what stands right of them is named.
COLUMNS = 1024
#: Characters of one cell that are read: a spreadsheet holds 32,767.
CELL_CHARACTERS = 100_000
#: Cells of a sheet that hold another's value because they are merged with it.
FILLED_CELLS = 5_000_000
#: Rows that are looked at for headings.
PEEKED_ROWS = 40
PEEKED_COLUMNS = 256
#: Text of all cells of one Parquet file together, times its size; and what is allowed to any.
PARQUET_LARGEST_RATIO = 200
PARQUET_ALWAYS_ALLOWED = 256 * 1024**2
