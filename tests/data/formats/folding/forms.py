first = "ab\x63"
second = first + 'de' "fg"
third = f"{first}-{second}" + "x"[::-1]
fourth = "".join(["a", "b", first]) + ",".join(("c", "d"))
fifth = "%s-%d-%%" % (first, 5) + "{}{1}{name!r:>4}".format("q", second, name='w')
sixth = bytes([104, 0x69, 0o41]).decode() + "".join(chr(c) for c in [104, 105]) + "".join(map(chr, [33]))
seventh = chr(104) + chr(0x69) + b"raw" + r"\d{1}" + """long
one"""
eighth = "{\"name\": \"value\", 'k': '\u00e9\U0001F600\N{DASH}'}"
