"""Texts that have broken other sites. Every form and every column meets them all."""

from __future__ import annotations

from urllib.parse import urlencode

HOSTILE = {
    "script": "<script>alert('hostile')</script>",
    "closing tag": "</textarea></title></style><script>alert(1)</script>",
    "image handler": "<img src=x onerror=alert(1)>",
    "svg handler": "<svg/onload=alert(1)>",
    "attribute break": '" onmouseover="alert(1)" x="\' autofocus onfocus=\'alert(2)',
    "javascript address": "javascript:alert(document.cookie)",
    "markdown script": "[press here](javascript:alert(1)) ![x](https://tracker.example/pixel.png)",
    "entity": "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "comment": "<!-- --> <![CDATA[ ]]> <?php echo 1 ?>",
    "template": "{{ settings.SECRET_KEY }} {% load static %} {# note #}",
    "format string": "%s %(member)s {0} {member.password} %n",
    "sql": "'; DROP TABLE accounts_member; --",
    "sql like": "100%_\\",
    "lone quote": '"',
    "search operators": '"pain NEAR/2 NOT ( OR * : ^ &| !',
    "header injection": "Hello\r\nBcc: everyone@example.org\r\n\r\nAnd a second body",
    "yaml": "---\ntitle: &a [*a, !!python/object/apply:os.system ['id']]\n---\n- : :",
    "formula": "=cmd|' /C calc'!A0",
    "plus formula": "+1+1\t@SUM(1)\t-2",
    "path": "../../../etc/passwd%00.md",
    "right to left": "abc \u202edcba\u202c \u2066isolated\u2069 \u200fmark",
    "zero width": "pa\u200bss\u200cwo\u200drd\ufeff\u2060",
    "combining": "Z" + "\u0351\u0334\u0322" * 60,
    "only spaces": " \t\u00a0\u2003 ",
    "long word": "a" * 300,
    "long text": "It is a long evening. " * 455,
    "emoji": "👩🏽‍⚕️🫂🏳️‍🌈👨‍👩‍👧‍👦",
    "arabic": "والدتي لا تأكل منذ ثلاثة أيام",
    "hebrew": "אמא שלי לא אוכלת",
    "cjk": "母は食べられません",
    "astral": "𝒜𝓁𝑜𝓃𝑔𝓈𝒾𝒹𝑒 \U0001f9d1",
    "confusable": "аdmіn",
    "line separators": "one\u2028two\u2029three\x85four\x0bfive",
    "control characters": "bell\x07 back\x08 escape\x1b[31m",
    "number like": "1e309",
    "null word": "None null undefined NaN",
    "nul": "before\x00after",
    "lone surrogate": "before\ud800after",
}

UNSTORABLE = ("nul", "lone surrogate")
STORABLE = {name: text for name, text in HOSTILE.items() if name not in UNSTORABLE}

# What must never stand in a page as it was typed. Escaped it may.
LIVE_MARKUP = (
    "<script>alert(",
    "<img src=x",
    "<svg/onload",
    '" onmouseover="',
    'href="javascript:',
    'https://tracker.example/pixel.png" ',
)


def live_markup_in(html: str) -> list[str]:
    """Those hostile pieces that a browser would act on."""
    return [piece for piece in LIVE_MARKUP if piece in html]


def form_of(fields: dict[str, str]) -> dict[str, str]:
    """`client.post(address, **form_of({"words": hostile}))`: sent as a form, whatever the words hold.

    Bytes among the fields would go out as one number for each of them.
    """
    return {
        "data": urlencode(fields, errors="surrogatepass"),
        "content_type": "application/x-www-form-urlencoded",
    }
