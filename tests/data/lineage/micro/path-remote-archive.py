# locators: members of an archive that stays where it is
import remotezip
with remotezip.RemoteZip("https://example.org/films.zip") as archive:
    for name in archive.namelist():
        archive.extract(name, "films")
