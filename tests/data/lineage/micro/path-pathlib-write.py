# 3.4: read_text and write_text of a path
from pathlib import Path
Path("out.txt").write_text(Path("a.txt").read_text().upper())
