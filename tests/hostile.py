"""Texts that would do something if a reader took them for more than letters. Each says by a mark of its own if it ran."""

from __future__ import annotations

MARK = "49-mali-ran"
"""What a template or a script leaves on a page where it ran."""

TEXTS = (
    "{{ '49' ~ '-mali-ran' }}",
    "{{lipsum.__globals__.os.environ}}",
    "{{lipsum.__globals__.os.mkdir('mali-ran')}}",
    "{% for x in [1] %}49{{ '-mali-ran' }}{% endfor %}",
    "{download}`/etc/hostname`",
    "{download}`x </etc/passwd>`",
    "```{include} /etc/passwd\n```",
    "```{raw} html\n<b id=mali-ran>raw</b>\n```",
    ":::{literalinclude} /etc/passwd\n:::",
    "```{eval-rst}\n.. include:: /etc/passwd\n```",
    "<img src=x onerror=\"document.title='49'+'-mali-ran'\">",
    "<script>document.title='49'+'-mali-ran'</script>",
    "</script><script>document.title='49'+'-mali-ran'</script>",
    "<!-- fr: gone -->",
    "\" onmouseover=\"document.title='49'+'-mali-ran'",
    "[x](javascript:document.title='49'+'-mali-ran')",
    "![x](http://203.0.113.7/mali-ran.png)",
    "![x](/etc/hostname)",
    "<http://203.0.113.7/mali-ran>",
    "[ref]: http://203.0.113.7/mali-ran",
    "(target)=",
    "# heading",
    "a\n\n# heading",
    "| a | b |\n|---|---|",
    "$$x$$ and $x$",
    "{cite}`x` {ref}`y` {numref}`z`",
    "[x]{onclick=\"document.title='49'\" .c}",
    "datum.x; alert(1)",
    "');document.title='49'+'-mali-ran';('",
    '=HYPERLINK("http://203.0.113.7/mali-ran")',
    "=cmd|'/C calc'!A0",
    "; =1+1",
    "\u200b=1+1",
    "@SUM(1+1)",
    "\u202egnp.exe",
    "\u2066a\u2069",
    "\x1b[31mred\x1b]0;title\x07",
    "\x9b31m",
    "../../etc/passwd",
    "&lt;img src=x onerror=1&gt; &#123;&#123;7*7&#125;&#125;",
)
