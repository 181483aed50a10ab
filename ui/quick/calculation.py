"""Calculating what a person types after `=`: numbers, + - * / // % **, brackets, a few functions. Nothing is executed.

The text is parsed into Python's syntax tree and only the kinds of node named here are walked; all others are refused.
Decimal numbers, so that 0.1 + 0.2 is 0.3.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from decimal import Context, Decimal, DecimalException, localcontext

DIGITS = 28
LONGEST = 200
HIGHEST_POWER = 1000
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%(?!\s*[\d(.])")
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "（": "(", "）": ")", "＋": "+", "^": "⌃"})
_THOUSANDS = re.compile(r"(?<=\d)[,\u00a0\u202f' ](?=\d{3}(?!\d))")

_TWO: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_NAMED: dict[str, Callable[[Decimal], Decimal]] = {
    "sqrt": Decimal.sqrt,
    "abs": abs,
    "round": lambda value: value.to_integral_value(),
    "ln": Decimal.ln,
    "log": Decimal.log10,
}
_CONSTANTS = {"pi": Decimal("3.141592653589793238462643383"), "e": Decimal("2.718281828459045235360287471")}


def calculate(text: str) -> Decimal | None:
    """The value, or None for what is no calculation (yet): a person is in the middle of typing."""
    line = _THOUSANDS.sub("", text.strip().translate(_SIGNS)).replace("⌃", "**")
    line = _PERCENT.sub(r"(\1/100)", line)
    if not line or len(line) > LONGEST:
        return None
    try:
        with localcontext(Context(prec=DIGITS)):
            value = _value(ast.parse(line, mode="eval").body)
            return value if value.is_finite() else None
    except (SyntaxError, ValueError, DecimalException, ArithmeticError, RecursionError, MemoryError):
        return None


def shown(value: Decimal) -> str:
    """With a point and no separators, as it can be pasted anywhere; rounded to 12 digits."""
    with localcontext(Context(prec=12)):
        rounded = +value
    whole = rounded.to_integral_value()
    if rounded == whole and abs(whole) < Decimal(10) ** 15:
        return str(int(whole))
    readable = Decimal("1e-9") < abs(rounded) < Decimal("1e15")
    return f"{rounded.normalize():f}" if readable else str(rounded.normalize())


def _value(node: ast.expr) -> Decimal:
    match node:
        case ast.Constant(value=bool()):
            raise ValueError
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left), _value(right))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _TWO:
            return _TWO[type(op)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _NAMED:
            return _NAMED[name](_value(argument))
        case ast.Name(id=name) if name in _CONSTANTS:
            return _CONSTANTS[name]
    raise ValueError


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if abs(exponent) > HIGHEST_POWER:
        raise ValueError
    return base**exponent
