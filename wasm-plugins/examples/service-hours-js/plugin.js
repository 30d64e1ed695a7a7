// A plugin in JavaScript: how many hours a week a service is open, from the text that a declaration gives.
//
// Numbers cross the border exactly: a decimal is `{ high, low, scale }`, the upper and lower 64 bits of its mantissa and
// how many places the point stands from the right. Fields of the contract are written in lowerCamelCase here.

/** A whole number as the border has it. */
const whole = (value) => ({ high: value < 0 ? -1n : 0n, low: BigInt.asUintN(64, BigInt(value)), scale: 0 });

/** `7x24`, `5×8`, or `09:00-17:30` for every day. Minutes a week; `undefined` where it is none of these. */
export function minutesAWeek(text) {
  const times = /^\s*([1-7])\s*[x×*]\s*(\d{1,2})\s*$/i.exec(text);
  if (times !== null && Number(times[2]) <= 24) return Number(times[1]) * Number(times[2]) * 60;
  const span = /^\s*(\d{1,2}):([0-5]\d)\s*[-–—~至]\s*(\d{1,2}):([0-5]\d)\s*$/.exec(text);
  if (span === null) return undefined;
  const [from, to] = [1, 3].map((at) => Number(span[at]) * 60 + Number(span[at + 1]));
  return from < to && to <= 24 * 60 ? (to - from) * 7 : undefined;
}

const HOURS = "/service/hours";
const OFFLINE = "/service/offline_alternative";

const functions = [
  {
    name: "minutes_a_week",
    doc: "How many minutes a week a service is open; an error where the text is neither `7x24` nor `09:00-17:30`.",
    params: [{ name: "hours", ty: { tag: "text" }, doc: "such as 7x24" }],
    returns: { tag: "minutes" },
  },
];

const reviews = [
  {
    name: "always_open_alone",
    doc: "A service that claims to be open day and night and has no offline alternative for the hours in which it is not.",
    reads: [HOURS, OFFLINE],
    options: "",
  },
];

/** The text at a place, or `undefined`. */
function textAt(node, pointer) {
  const content = node.read(pointer);
  return content.tag === "scalar" && content.val.tag === "text" ? content.val.val : undefined;
}

/** What this component exports: the interface `checks` of the contract. */
export const checks = {
  describe() {
    const doc = "What the text of a service's hours says.";
    return { name: "service_hours", version: "0.1.0", doc, functions, checks: reviews };
  },

  call(index, values) {
    const minutes = minutesAWeek(values[0].val);
    if (minutes === undefined) throw "expected hours such as `7x24` or `09:00-17:30`";
    return { tag: "minutes", val: whole(minutes) };
  },

  // What throws a string is the error of the contract; anything else that throws ends the call as a trap.
  check(index, argumentsNode) {
    const hours = textAt(argumentsNode, `/0${HOURS}`);
    const offline = argumentsNode.read(`/0${OFFLINE}`);
    const declined = offline.tag === "scalar" && offline.val.val === false;
    if (hours === undefined || minutesAWeek(hours) !== 7 * 24 * 60 || !declined) return [];
    const en = `open ${hours}, and there is no offline alternative for the hours in which it fails`;
    const zh = `称${hours}服务，却无线下替代方式`;
    return [{ pointer: OFFLINE, related: [HOURS], message: { en, zh } }];
  },
};
