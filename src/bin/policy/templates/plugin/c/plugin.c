/* A plugin. `describe` says what there is, `call` and `check` find it by its index there. */
#include "hongxian/c/hongxian.h"

/* Whether the last digit is the one that the others ask for. (ISO/IEC 7812-1) */
static bool check_digit_holds(const uint8_t *digits, size_t length) {
    unsigned sum = 0;
    for (size_t i = 0; i < length; i++) {
        uint8_t digit = digits[length - 1 - i];
        if (digit < '0' || digit > '9') return false;
        unsigned value = (digit - '0') * (i % 2 == 1 ? 2 : 1);
        sum += value / 10 + value % 10;
    }
    return length > 1 && sum % 10 == 0;
}

void exports_hongxian_plugin_checks_describe(exports_hongxian_plugin_checks_description_t *ret) {
    memset(ret, 0, sizeof *ret);
    ret->name = hx_text("{name}");
    ret->version = hx_text("0.1.0");
    ret->doc = hx_text("Numbers with a check digit.");
    ret->functions.len = 1;
    ret->functions.ptr = hx_room(sizeof *ret->functions.ptr);
    ret->functions.ptr[0] = hx_function_of_text(
        "check_digit_holds", "Whether the check digit of a number holds. (ISO/IEC 7812-1)", "number",
        HONGXIAN_PLUGIN_VALUES_VALUE_TYPE_BOOL);
}

bool exports_hongxian_plugin_checks_call(
    uint32_t function, exports_hongxian_plugin_checks_list_value_t *arguments,
    exports_hongxian_plugin_checks_value_t *ret, plugin_string_t *err) {
    if (function != 0 || arguments->len != 1 || arguments->ptr[0].tag != HONGXIAN_PLUGIN_VALUES_VALUE_TEXT) {
        *err = hx_text("expected a text");
        return false;
    }
    plugin_string_t number = arguments->ptr[0].val.text;
    ret->tag = HONGXIAN_PLUGIN_VALUES_VALUE_BOOL;
    ret->val.bool_ = check_digit_holds(number.ptr, number.len);
    return true;
}

bool exports_hongxian_plugin_checks_check(
    uint32_t check, exports_hongxian_plugin_checks_borrow_node_t arguments, hx_findings *ret, plugin_string_t *err) {
    (void) check, (void) arguments, (void) ret;
    *err = hx_text("there are no checks");
    return false;
}
