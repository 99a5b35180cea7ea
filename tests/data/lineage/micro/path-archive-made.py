# paths: make_archive writes a file whose name ends as its format says
import shutil
name = shutil.make_archive("packed", "gztar", "folder")
shutil.copy(name, "copy.tar.gz")
dbutils.fs.cp("dbfs:/models/m", "file:/tmp/m", recurse=True)
