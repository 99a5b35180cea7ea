#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the small files beside it: first food for the fuzzers and input of the fuzz tests. All invented; the same bytes
on every run. A crash that a fuzzer finds is added by hand as crash-<what>."""
import base64
import io
import json
import os
import struct
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
KEY = "AKIA" + "QYLPMN5HZXW7RKCD"  # the form of a key, of no account


def put(folder, name, content):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    with open(os.path.join(HERE, folder, name), "wb") as stream:
        stream.write(content.encode() if isinstance(content, str) else content)


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\x00\x10\x20\x30", 9)) + chunk(b"IEND", b""))


def cell(source, kind="code", **more):
    out = {"cell_type": kind, "metadata": {}, "source": source, **more}
    if kind == "code":
        out.setdefault("outputs", [])
        out.setdefault("execution_count", 1)
    return out


def notebook(cells, minor=5, **more):
    return {"cells": cells, "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"},
                                         "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": minor, **more}


def rich_notebook():
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["epoch 1\n", f"key {KEY}\n", "\u001b[31mred\u001b[0m\n"]},
        {"output_type": "display_data", "metadata": {}, "data": {
            "image/png": base64.b64encode(png()).decode(), "text/plain": "<Figure>", "text/html": ["<table><tr><td>1</td>", "</tr></table>"],
            "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "application/json": {"a": [1, None, "b"]},
            "application/javascript": "alert(1)", "text/latex": "$x^2$",
            "application/vnd.jupyter.widget-view+json": {"model_id": "ab", "version_major": 2}}},
        {"output_type": "execute_result", "execution_count": 2, "metadata": {}, "data": {"text/plain": ["array([1, 2])"]}},
        {"output_type": "error", "ename": "ValueError", "evalue": "bad", "traceback": ["\u001b[0;31mValueError\u001b[0m: bad", "line 2"]}]
    cells = [cell(["# Title\n", "![plot](attachment:a.png)"], "markdown", id="a1",
                  attachments={"a.png": {"image/png": base64.b64encode(png()).decode()}}),
             cell(["import os\n", f"key = '{KEY}'\n", "!pip install x\n"], id="b2", outputs=outputs),
             cell("raw text", "raw", id="c3"),
             cell("x = 'ghp_' + \\\n  'abc'  # \u00e9\u4e2d\U0001f600", id="d4", execution_count=None)]
    book = notebook(cells)
    book["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"ab": {"model_name": "PasswordModel", "state": {"value": "hunter2"}}}}}
    return book


def notebooks():
    rich = rich_notebook()
    text = json.dumps(rich, indent=1)
    put("notebook", "rich.ipynb", text)
    put("notebook", "escaped.ipynb", json.dumps(notebook([cell("".join(f"\\u{ord(c):04x}" for c in KEY).join("''"))])).replace("\\\\u", "\\u"))
    put("notebook", "bom.ipynb", b"\xef\xbb\xbf" + json.dumps(notebook([cell("x = 1")])).encode())
    put("notebook", "utf16le.ipynb", b"\xff\xfe" + json.dumps(notebook([cell("x = '\u00e9'")]), ensure_ascii=False).encode("utf-16-le"))
    put("notebook", "utf16be.ipynb", b"\xfe\xff" + json.dumps(notebook([cell("x = 1")])).encode("utf-16-be"))
    put("notebook", "truncated.ipynb", text[: len(text) // 2])
    put("notebook", "conflict.ipynb", text.replace(' "nbformat": 4,', '<<<<<<< HEAD\n "nbformat": 4,\n=======\n "nbformat": 3,\n>>>>>>> other'))
    put("notebook", "duplicate-keys.ipynb", '{"nbformat":4,"nbformat":3,"cells":[],"cells":[{"cell_type":"code","source":"a","source":"b"}]}')
    put("notebook", "no-ids.ipynb", json.dumps(notebook([cell("x"), cell("y")])))
    put("notebook", "nan.ipynb", '{"cells":[{"cell_type":"code","execution_count":NaN,"source":"","outputs":[]}],"nbformat":4}')
    put("notebook", "deep.ipynb", '{"cells":[],"metadata":' + '{"a":[' * 90 + ']}' * 90 + ',"nbformat":4}')
    put("notebook", "page.ipynb", "<!DOCTYPE html>\n<html><body>Not found</body></html>\n")
    put("notebook", "pointer.ipynb", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n")
    put("notebook", "wrong-types.ipynb", '{"cells":{"0":{"cell_type":7,"source":{"a":1},"outputs":"x"}},"metadata":[],"nbformat":"4"}')
    put("notebook", "empty-object.ipynb", "{}")
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "old"}, "worksheets": [{"cells": [
        {"cell_type": "heading", "level": 2, "source": ["Old"]},
        {"cell_type": "code", "language": "python", "input": ["print 'x'\n"], "prompt_number": 3, "outputs": [
            {"output_type": "pyout", "prompt_number": 3, "text": ["1"], "html": "<b>1</b>", "png": base64.b64encode(png()).decode()},
            {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t"]}]}]}]}
    put("notebook", "v3.ipynb", json.dumps(old))
    put("notebook", "v2.ipynb", json.dumps({**old, "nbformat": 2}))
    put("notebook", "v1.ipynb", json.dumps({"cells": [{"cell_type": "code", "code": "x = 1", "prompt_number": 1}], "nbformat": 1}))


def scripts():
    put("python", "percent.py", f"# ---\n# jupyter:\n#   kernelspec: {{}}\n# ---\n\n# %% [markdown]\n# # Title\n\n# %%\nimport os\nkey = '{KEY}'\n\n# %% [raw]\n# text\n")
    put("python", "plain.py", "#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n\"\"\"Text.\"\"\"\nfrom a import (b,\n  c as d)\n\nclass A:\n    def f(self): return f'{self!r}'\n")
    put("python", "exported.py", "#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n\nget_ipython().system('ls')\n\n\n# In[ ]:\n\n\nx = 1\n")
    put("python", "latin.py", b"# -*- coding: latin-1 -*-\nx = '\xe9'\r\ny = 2\r\n")
    put("code", "magics.txt", "%%time\nfiles = !ls\nx?\nif x:\n    %run a.py\nfor i in range(3): print(i % 2)\n")
    put("code", "deep.txt", "x = " + "[" * 200 + "(" * 200 + "-" * 200 + "1\n")
    put("code", "broken.txt", "def f(:\n  '''unclosed\nimport a.b as c, d\nclass\n")


def containers():
    def archive(entries, compression=zipfile.ZIP_DEFLATED):
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", compression) as out:
            for name, content in entries:
                out.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, compression)
        return memory.getvalue()
    small = json.dumps(notebook([cell(f"key = '{KEY}'")]))
    inner = archive([("a.ipynb", small)])
    put("zip", "one.zip", archive([("work/a.ipynb", small), ("work/b.py", "x = 1\n"), ("work/", "")]))
    put("zip", "stored.zip", archive([("a.txt", "hello")], zipfile.ZIP_STORED))
    put("zip", "nested.zip", archive([("inner.zip", inner), ("c.txt", "c")]))
    put("zip", "names.zip", archive([("../up.txt", "1"), ("/abs.txt", "2"), ("a\\b.txt", "3"), ("x" * 300, "4"), ("x\u00e9\n.txt", "5")]))
    put("zip", "ratio.zip", archive([("zeros", b"\0" * 3_000_000)]))
    put("zip", "empty.zip", archive([]))
    whole = archive([("a.ipynb", small)])
    one = archive([("a", b"\0" * 300_000)])
    directory, end = one.rindex(b"PK\1\2"), one.rindex(b"PK\5\6")
    entries = one[directory:end] * 40
    put("zip", "overlap.zip", one[:directory] + entries + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 40, 40, len(entries), directory, 0))
    put("zip", "same-names.zip", archive([("a.txt", "1"), ("b.txt", "2"), ("a.txt", f"key={KEY}")]))
    put("zip", "truncated.zip", whole[: len(whole) * 2 // 3])
    put("zip", "prefixed.zip", b"#!/bin/sh\nexit\n" + whole)


def hidden():
    """Ways to write a value that a plain reader does not see, and what reads them."""
    put("folding", "chains.txt", "a = 'x' 'y'\nb = a + \"z\" + a\nc = f'{a}{b}-{q}'\nd = ','.join([a, b, 'e'])\ne = 'fed'[::-1]\n"
                                 "f = ('a'\n  r'\\b' b'\\x41\\u00e9\\101')\n")
    put("folding", "braces.txt", "x = ''\ny = f'" + "{x}" * 40 + "{" * 60 + "'\nz = y + y + y\n" + "w = z" + " + z" * 50 + "\n")
    put("region", "list.txt", b"\x02\x00\x05" + b'["first \\n", "\\ud83d\\ude00 \\u00e9", "", "last\\ud800"]')
    put("region", "string.txt", b"\x01\x03\x08" + b'line one\\nline two\\nline three \\u4e2d\\n\\t end" behind')
    put("region", "plain.txt", b"\x00\x00\x0f" + "eins\nzwei \u00fc\ndrei \U0001f600 vier\n".encode() * 3)
    put("region", "value.txt", b"\x03\x01\x04" + b'{"a": "b\\nc", "d": [1, "\\u0041"]}')
    words = "x = '\u00e9\u4e2d\U0001f600'\n"
    put("transcode", "marked-le.txt", b"\xff\xfe" + words.encode("utf-16-le"))
    put("transcode", "marked-be.txt", b"\xfe\xff" + words.encode("utf-16-be"))
    put("transcode", "bare-le.txt", words.encode("utf-16-le") + b"\x00\xd8\x41")
    put("transcode", "utf32.txt", b"\xff\xfe\0\0" + words.encode("utf-32-le"))
    put("secrets", "line.txt", f"\x01aws_key = '{KEY}'\ntoken = \"gh" + "p_" + "x1Y2z3A4b5C6d7E8f9G0h1I2j3K4l5M6n7O8\"  # nosec\n")
    put("secrets", "context.txt", "\x00WANDB_API_KEY=" + "0a1b2c3d" * 5 + "\npostgres://user:pa55w0rd@host/db\nAuthorization: Bearer abc.def.ghi\n")
    put("secrets", "metadata.txt", "\x03{\"password\": \"hunter22x\", \"id\": \"" + "ab12" * 8 + "\"}")
    part = base64.urlsafe_b64encode(b'{"alg":"none","exp":1,"sub":"x"}').rstrip(b"=").decode()
    put("truth", "token.txt", f"\x00\x00\x00{part}.{part}.c2ln")
    put("truth", "crash-words-of-a-note.txt", "keya~\x01)arse as a private key: shortened or made upY-----r")
    put("truth", "words.txt", "\x01\x03\x03before " + "abandon " * 12 + "after")
    key = base64.b64encode(b"openssh-key-v1\0" + struct.pack(">I", 4) + b"none" + struct.pack(">I", 4) + b"none"
                           + struct.pack(">I", 0) + struct.pack(">II", 1, 15) + struct.pack(">I", 11) + b"ssh-ed25519"
                           + struct.pack(">I", 4) + b"\x07" * 4).decode()
    put("private_key", "openssh.txt", f"-----BEGIN OPENSSH PRIVATE KEY-----\n{key}\n-----END OPENSSH PRIVATE KEY-----\n")
    der = bytes.fromhex("302e020100300506032b6570042204 20".replace(" ", "")) + b"\x07" * 32  # Ed25519, a key of nobody
    put("private_key", "pkcs8.txt", f"-----BEGIN PRIVATE KEY-----\n{base64.b64encode(der).decode()}\n-----END PRIVATE KEY-----\n")
    curve = bytes.fromhex("3031020101042007") + b"\x07" * 31 + bytes.fromhex("a00a06082a8648ce3d030107")
    put("private_key", "sec1.txt", f"-----BEGIN EC PRIVATE KEY-----\n{base64.b64encode(curve).decode()}\n-----END EC PRIVATE KEY-----\n")
    numbers = b"".join(b"\x02" + bytes([len(n)]) + n for n in (b"\0", b"\0\xc5" + b"\x11" * 30 + b"\x15", b"\1\0\1", *[b"\x13" * 16] * 6))
    put("private_key", "rsa.txt", f"-----BEGIN RSA PRIVATE KEY-----\n{base64.b64encode(b'0' + bytes([0x81, len(numbers)]) + numbers).decode()}\n-----END RSA PRIVATE KEY-----\n")
    put("private_key", "broken.txt", "-----BEGIN RSA PRIVATE KEY-----\\nMIIBAAIBAAIBAAIBAAIBAA==\\n-----END RSA PRIVATE KEY-----")
    put("private_key", "locked.txt", "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n")
    put("unwrap", "layers.txt", "a " + base64.b64encode(zlib.compress(b"\0" * 2000 + b"text " * 40, 9)).decode() + "\n" + ("%41" * 20) + "\n"
        + b"some words in hex digits".hex() + "\n" + base64.b64encode(b"words " * 40).decode())
    put("unwrap", "bomb.txt", "x = '" + base64.b64encode(zlib.compress(b"a b c d " * 500_000, 9)).decode() + "'\n")
    put("clean", "names.txt", "a/**/b*[c-e]?.ipynb\x1b[31m\u202ename\u200b.txt\n\t\u2028/x")
    put("clean", "stars.txt", "*a*a*a*a*a*b" + "a" * 60)


def others():
    put("text", "lines.txt", f"one\r\ntwo\nkey={KEY}\n\tthree\n")
    put("text", "long-line.txt", "x" * 5000 + f" token = '{KEY}' " + "y" * 5000)
    put("text", "bytes.txt", bytes(range(256)))
    put("text", "settings.env", "DB_PASSWORD=tr0ub4dor&3\nEMPTY=\n# comment\nURL=postgres://u:pa55w0rd@db.example/x\n")
    wrapped = base64.b64encode(base64.b64encode(f"aws={KEY}".encode())).decode()
    put("text", "wrapped.txt", f"data = '{wrapped}'\nz = '{base64.b64encode(zlib.compress(KEY.encode() * 4, 9)).decode()}'\n")
    put("image", "one.png", png())
    put("image", "one.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")
    put("image", "head.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9")
    put("image", "text-behind.png", png() + f"key={KEY}".encode())
    put("unknown", "noise.bin", bytes((i * 7919 >> 3) & 255 for i in range(700)))
    put("unknown", "zeros.bin", b"\0" * 64)
    put("encodings", "base64.txt", base64.b64encode(bytes(range(200))))
    put("encodings", "base32.txt", base64.b32encode(b"some words to wrap"))
    put("encodings", "hex.txt", bytes(range(64)).hex())
    put("encodings", "percent.txt", "a%20b%C3%A9%zz%")
    put("encodings", "zlib.bin", zlib.compress(b"text " * 300, 9))
    put("encodings", "escapes.txt", 'a\\u00e9\\ud83d\\ude00\\ud800x\\n\\"\\/\\q" rest')
    put("json", "values.json", '{"a":[1,-2.5e3,true,false,null,"s\\u0041"],"b":{},"c":[],"":"",\n"a":2}')
    put("json", "strings.json", '["' + '","'.join("abc") + '"]')
    put("json", "broken.json", '{"a":[1,,2,}"b" "c\nd",]]{')
    put("html", "table.html", "<style>x</style><h1 id=a>T &amp; &#x41;</h1><table border=1><thead><tr><th>a<th rowspan=2>b</tr></thead>"
                              "<tr><td colspan=3>1<td><pre> x\n y</pre></table><ol start=3><li>i<ul><li>j</ol><!-- c --><p onclick=x()>p<br>q")
    put("html", "active.html", "<script>if(a<b){}</script><a href='java&#115;cript:x'>l</a><img src=http://x/y.png alt='A'><iframe src=//x></iframe><svg onload=x>")
    put("html", "broken.html", "<<a b='c<d>\"<table><td><tr><table>&#xffffffff;&bogus;<!-- <!")
    hidden()
    put("rendered", "colours.txt", "\x00\x05AKIA\x1b[1;31mQYLP\x1b[0m MN5H\x1b(B\x1b]8;;http://x\x07link\x1b]8;;\x1b\\end\x1b")
    put("rendered", "tags.txt", "\x01\x09a<b>c</b>d<td>e<!-- x --><!-->f&lowbar;g&#95;&#x5F;&#;h&unknown;<a href='x'>i</a >j<x&shy;k<")
    put("markdown", "blocks.txt", "# Title *a* `b` ~~c~~\n\n> quote\n> > deeper\n\n1. one\n   - two\n\n| a | b |\n|---|:-:|\n| 1 | $x^2$ |\n\n"
                                  "<div onclick=x>raw <b>html</b></div>\n\n```py\ncode\n```\n---\n![alt](attachment:a.png 't') [l](<u> \"t\") https://x.y &amp; a\\\nb  \nc\n")
    put("markdown", "crash-behind-the-end.txt", "![a](http://b-[</r:c-d.e`f:g/h.i`j-with-$k-")
    put("markdown", "broken.txt", "***a__b**_c[![](](<\n|a|\n|-\n``` `` `\n\t- x\n  > <!--\n[r]: <x\n&#x;")
    put("cells", "traceback.txt", "\x1b[0;31m----\x1b[0m\n\x1b[38;5;28mFile /usr/lib/python3/site-packages/a/b.py:3\x1b[39m, in f(x)\n      1 a\n      2 b\n      3 c\n"
                                  "\nCell In[3], line 1\n----> 1 f()\n\x1b[48;2;1;2;3;1mValueError\x1b[0m: bad\n\u202e\u2028\x1b")
    put("cells", "pretty.json", '{"a":[1,2,{"b":"c\\u0041","d":[]}],"e":{},"f":[[[["' + "x" * 70 + '"]]]],"g"')
    put("query", "terms.txt", 'sev>=high rule:CUP-SEC* -part:output cell:4-9 "two words" file:*.ipynb,a?b')
    put("query", "wrong.txt", 'sevv:high cell:x-y rule: -- : "open')


if __name__ == "__main__":
    notebooks()
    scripts()
    containers()
    others()
