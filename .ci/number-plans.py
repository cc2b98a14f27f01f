#!/usr/bin/env python3
"""Writes src/message/phone/plans.txt: the first three digits of each country's numbers, by length.

It needs the package `phonenumbers`, which has the metadata of Google's libphonenumber
(Apache-2.0): pip install phonenumbers && .ci/number-plans.py
"""

from re import _parser as parser
from pathlib import Path

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata

MOBILE = ("mobile",)
OTHERS = (
    "fixed_line",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)
OUT = Path(__file__).parent.parent / "src/message/phone/plans.txt"


def joined(first, second):
    return {((a + b)[:3], m + n) for a, m in first for b, n in second if m + n <= 15}


def language(pattern):
    """What a pattern matches, as pairs of the first three digits and the length."""
    found = {("", 0)}
    for op, value in pattern:
        name = str(op)
        if name == "LITERAL":
            part = {(chr(value), 1)}
        elif name == "IN":
            part = set()
            for kind, what in value:
                match str(kind):
                    case "LITERAL":
                        part.add((chr(what), 1))
                    case "RANGE":
                        part |= {(chr(c), 1) for c in range(what[0], what[1] + 1)}
                    case _:
                        part |= {(c, 1) for c in "0123456789"}
        elif name == "BRANCH":
            part = set().union(*(language(branch) for branch in value[1]))
        elif name == "SUBPATTERN":
            part = language(value[3])
        elif name == "MAX_REPEAT":
            least, most, inner = value
            inner, part, once = language(inner), set(), {("", 0)}
            for count in range(min(int(most), 15) + 1):
                if count >= least:
                    part |= once
                once = joined(once, inner)
        else:
            raise ValueError(name)
        found = joined(found, part)
    return found


def numbers(metadata, kinds):
    found = set()
    for kind in kinds:
        described = getattr(metadata, kind)
        if described and described.national_number_pattern:
            lengths = described.possible_length or metadata.general_desc.possible_length
            matched = language(parser.parse(described.national_number_pattern))
            found |= {(p, n) for p, n in matched if n in lengths and n > 3}
    return found


def ranges(starts):
    starts, out = sorted(int(start) for start in starts), []
    for start in starts:
        if out and out[-1][1] == start - 1:
            out[-1][1] = start
        else:
            out.append([start, start])
    return ",".join(f"{a:03}" if a == b else f"{a:03}-{b:03}" for a, b in out)


def main():
    lines = []
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        for region in regions:
            everywhere = region == "001"
            metadata = (
                PhoneMetadata.metadata_for_nongeo_region(code)
                if everywhere
                else PhoneMetadata.metadata_for_region(region)
            )
            mobile = numbers(metadata, MOBILE)
            others = numbers(metadata, OTHERS) - mobile
            parts = []
            for length in sorted({n for _, n in mobile | others}):
                at = [[p for p, n in kind if n == length] for kind in (mobile, others)]
                m, f = (ranges(starts) for starts in at)
                parts.append(f"{length:x}" + (m and "m" + m) + (f and "f" + f))
            lines.append(f"{code} {'-' if everywhere else region} {' '.join(parts)}\n")
    OUT.write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
