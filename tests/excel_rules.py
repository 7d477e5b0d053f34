"""What a formula must keep to, so that Excel and WPS compute what LibreOffice was seen to compute.

Excel evaluates ranges item by item only inside SUMPRODUCT, refuses to count with an empty text
(LibreOffice takes it for 0), and shows newer functions as #NAME? where it does not know them.
"""

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

FUNCTIONS = {
    "ABS", "AND", "AVERAGE", "CHAR", "CHOOSE", "COLUMN", "COUNT", "COUNTBLANK", "COUNTIF",
    "COUNTIFS", "DATE", "DAY", "DAYS360", "EDATE", "FREQUENCY", "IF", "IFERROR", "INDEX", "IRR",
    "ISNUMBER", "LN", "MATCH", "MAX", "MIN", "MIRR", "MONTH", "N", "NA", "NPER", "NPV", "OR",
    "PERCENTILE", "RATE", "ROUND", "ROW", "ROWS", "SEARCH", "SQRT", "STDEV",
    "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "SUMSQ", "XIRR", "YEAR",
}  # fmt: skip
"""Functions of Excel 2007, none of them volatile, none that only reads another file."""
ITEM_BY_ITEM = "SUMPRODUCT"
_ONE_VALUE = {"IF", "AND", "OR", "NOT", "IFERROR", "ISNUMBER", "CHOOSE"}
"""What takes one item of a range, even inside SUMPRODUCT, in a formula that is not an array's."""
_CRITERIA = {"COUNTIF", "SUMIF", "COUNTIFS", "SUMIFS"}
_WILD = set("*?~")
_LINE_END = "10"
"""The one number that CHAR gives the same sign for in every program and system."""
MEANT = {"*配套*", "待核*", "✔*", "To verify*", "to verify*"}
"""The patterns that are meant as such: what begins with a mark, or names facilities."""
LONGEST, DEEPEST, MOST_ARGUMENTS, LONGEST_TEXT = 8_192, 64, 255, 255


def complaints(formula):
    """What Excel would do otherwise, or not at all."""
    if len(formula) > LONGEST:
        yield "too long"
    if any(sign in formula for sign in ("_xl", "#REF", "[", "{")):
        yield "names what is not there"
    tokens = [t for t in Tokenizer(formula).items if t.type != Token.WSPACE]
    around: list[str] = []
    arguments: list[int] = []
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            around.append(token.value.rstrip("("))
            arguments.append(1)
            if around[-1] not in FUNCTIONS:
                yield f"unknown function {around[-1]}"
            if around[-1] == "NA" and "IFERROR" not in around:
                yield "an error that a reader would see"
            if len(around) > DEEPEST:
                yield "nested too deep"
        elif token.type == Token.FUNC:
            around.pop()
            if arguments.pop() > MOST_ARGUMENTS:
                yield "too many arguments"
        elif token.type == Token.SEP and arguments:
            arguments[-1] += 1
        elif token.type == Token.OPERAND:
            yield from _operand(token, before, after, around)


def _operand(token, before, after, around):
    calculated = any(
        each is not None and each.type == Token.OP_IN and each.value != "&"
        for each in (before, after)
    )
    if around and around[-1] == "CHAR" and token.value != _LINE_END:
        yield f"a sign of its own on each computer: {token.value}"
    if token.subtype == Token.RANGE and ":" in token.value and calculated:
        inside = ITEM_BY_ITEM in around
        inner = around[len(around) - around[::-1].index(ITEM_BY_ITEM) :] if inside else []
        if not inside or _ONE_VALUE & set(inner):
            yield f"{token.value} is taken item by item"
    if token.subtype != Token.TEXT:
        return
    text = token.value[1:-1].replace('""', '"')
    if len(text) > LONGEST_TEXT:
        yield "a text too long for a formula"
    if not text and not (before is not None and before.value in ("=", "<>")):
        yield "an empty text that something may count with"
    if around and around[-1] in _CRITERIA and _WILD & set(text) and text not in MEANT:
        yield f"{text} is read as a pattern"
