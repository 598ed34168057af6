"""One file per chapter: `chapter(asking)` turns queries into words, tables and charts."""
