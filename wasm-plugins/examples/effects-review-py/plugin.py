"""A plugin in Python: effects that are promised and promise nothing.

Numbers cross the border exactly: a decimal is its mantissa's upper and lower 64 bits, and how many places the point stands
from the right. `fractions.Fraction` keeps them exact in here.
"""

from fractions import Fraction

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports.checks import DeclarationCheck, Description, Finding, Function, Label, Parameter
from wit_world.imports.document import Content_List, Content_Scalar
from wit_world.imports.values import Decimal, Value_Number, Value_Ratio, ValueType_Number, ValueType_Ratio

EFFECTS = "/service/expected_effects"


def fraction(decimal: Decimal) -> Fraction:
    """What a decimal of the border is."""
    mantissa = (decimal.high << 64) + decimal.low
    return Fraction(mantissa) * Fraction(10) ** -decimal.scale


def decimal(number: Fraction, places: int) -> Decimal:
    """A number for the border, cut to so many places."""
    mantissa = int(number * 10**places)
    return Decimal(mantissa >> 64, mantissa & (2**64 - 1), places)


def number_at(node, at: str):
    """The number at a place, or nothing."""
    content = node.read(at)
    is_number = isinstance(content, Content_Scalar) and isinstance(content.value, Value_Number)
    return fraction(content.value.value) if is_number else None


class Checks(exports.Checks):
    def describe(self) -> Description:
        change = Function(
            "change",
            "By which share a target differs from the value before; an error where that was 0.",
            [
                Parameter("before", ValueType_Number(), "the value before"),
                Parameter("target", ValueType_Number(), "the target"),
            ],
            ValueType_Ratio(),
        )
        standstill = DeclarationCheck(
            "standstill",
            "Expected effects whose target is the value before.",
            [f"{EFFECTS}/*/baseline", f"{EFFECTS}/*/target"],
            "",
        )
        doc = "What the expected effects of a product promise."
        return Description("effects_review", "0.1.0", doc, [change], [standstill])

    def call(self, function, arguments):
        before, target = (fraction(argument.value) for argument in arguments)
        if before == 0:
            raise Err("there was nothing before that a share could be taken of")
        return Value_Ratio(decimal((target - before) / before, 6))

    def check(self, check, arguments):
        effects = arguments.read(f"/0{EFFECTS}")
        count = effects.value if isinstance(effects, Content_List) else 0
        return [finding for index in range(count) for finding in self.standstill(arguments, index)]

    def standstill(self, arguments, index):
        """The finding on one effect, or none."""
        place = f"{EFFECTS}/{index}"
        before, target = (number_at(arguments, f"/0{place}/{field}") for field in ("baseline", "target"))
        if before is None or target is None or before != target:
            return
        message = Label("the target is the value before: nothing is promised", "目标值等于基期值，未作任何承诺")
        yield Finding(f"{place}/target", [f"{place}/baseline"], message)
