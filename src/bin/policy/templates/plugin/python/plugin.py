"""A plugin. `describe` says what there is, `call` and `check` find it by its index there."""

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports.checks import Description, Function, Parameter
from wit_world.imports.values import Value_Bool, ValueType_Bool, ValueType_Text


def check_digit_holds(number: str) -> bool:
    """Whether the last digit is the one that the others ask for. (ISO/IEC 7812-1)"""
    if len(number) < 2 or not (number.isascii() and number.isdigit()):
        return False
    weighed = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in weighed) % 10 == 0


class Checks(exports.Checks):
    def describe(self):
        holds = Function(
            "check_digit_holds",
            "Whether the check digit of a number holds. (ISO/IEC 7812-1)",
            [Parameter("number", ValueType_Text(), "digits, the last one the check digit")],
            ValueType_Bool(),
        )
        return Description("{name}", "0.1.0", "Numbers with a check digit.", [holds], [])

    def call(self, function, arguments):
        return Value_Bool(check_digit_holds(arguments[0].value))

    def check(self, check, arguments):
        raise Err("there are no checks")
