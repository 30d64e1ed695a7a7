// A plugin. `describe` says what there is, `call` and `check` find it by its index there.

/** Whether the last digit is the one that the others ask for. (ISO/IEC 7812-1) */
export function checkDigitHolds(number) {
  if (!/^[0-9]{2,}$/.test(number)) return false;
  const digits = [...number].reverse().map(Number);
  const weighed = digits.map((digit, at) => (at % 2 === 1 ? digit * 2 : digit));
  return weighed.reduce((sum, value) => sum + Math.floor(value / 10) + (value % 10), 0) % 10 === 0;
}

export const checks = {
  describe() {
    const holds = {
      name: "check_digit_holds",
      doc: "Whether the check digit of a number holds. (ISO/IEC 7812-1)",
      params: [{ name: "number", ty: { tag: "text" }, doc: "digits, the last one the check digit" }],
      returns: { tag: "bool" },
    };
    const doc = "Numbers with a check digit.";
    return { name: "{name}", version: "0.1.0", doc, functions: [holds], checks: [] };
  },

  call(index, values) {
    return { tag: "bool", val: checkDigitHolds(values[0].val) };
  },

  check() {
    throw "there are no checks";
  },
};
