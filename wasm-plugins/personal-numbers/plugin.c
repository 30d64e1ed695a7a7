/* Numbers of persons in the texts of a declaration, which will be made public. */
#include "../c/hongxian.h"
#include "numbers.h"

/* Places with one text. */
static const char *const SINGLE[] = {
    "/service/functions",
    "/service/technology_summary",
    "/service/innovation_statement",
};

/* Lists, and the text of each element. */
static const struct { const char *list, *field; } LISTED[] = {
    { "/technologies", "/purpose" },
    { "/data/items", "/necessity" },
    { "/risk/register", "/description" },
    { "/risk/register", "/control" },
    { "/evidence", "/title" },
};

static const char *const READS[] = {
    "/service/functions",
    "/service/technology_summary",
    "/service/innovation_statement",
    "/technologies/*/purpose",
    "/data/items/*/necessity",
    "/risk/register/*/description",
    "/risk/register/*/control",
    "/evidence/*/title",
};

#define COUNT(array) (sizeof (array) / sizeof *(array))

/* The functions, by their index in the description. */
enum function { IDENTITY_NUMBER_VALID, CARD_NUMBER_VALID, FUNCTIONS };

void exports_hongxian_plugin_checks_describe(exports_hongxian_plugin_checks_description_t *ret) {
    memset(ret, 0, sizeof *ret);
    ret->name = hx_text("personal_numbers");
    ret->version = hx_text("0.1.0");
    ret->doc = hx_text("Numbers of persons: resident identity numbers and card numbers, alone or in texts.");
    ret->functions.len = FUNCTIONS;
    ret->functions.ptr = hx_room(FUNCTIONS * sizeof *ret->functions.ptr);
    ret->functions.ptr[IDENTITY_NUMBER_VALID] = hx_function_of_text(
        "identity_number_valid",
        "Whether a resident identity number has its 18 characters, a day that exists and a check character that holds. "
        "(GB 11643-1999, ISO 7064 MOD 11-2)",
        "number", HONGXIAN_PLUGIN_VALUES_VALUE_TYPE_BOOL);
    ret->functions.ptr[CARD_NUMBER_VALID] = hx_function_of_text(
        "card_number_valid",
        "Whether a card number has 16 to 19 digits, the first from 3 to 6, and its check digit holds. (ISO/IEC 7812-1)",
        "number", HONGXIAN_PLUGIN_VALUES_VALUE_TYPE_BOOL);
    ret->checks.len = 1;
    ret->checks.ptr = hx_room(sizeof *ret->checks.ptr);
    ret->checks.ptr[0] = hx_check(
        "personal_numbers", "Texts that carry somebody's identity number or card number.", READS, COUNT(READS));
}

bool exports_hongxian_plugin_checks_call(
    uint32_t function, exports_hongxian_plugin_checks_list_value_t *arguments,
    exports_hongxian_plugin_checks_value_t *ret, plugin_string_t *err) {
    bool is_text = arguments->len == 1 && arguments->ptr[0].tag == HONGXIAN_PLUGIN_VALUES_VALUE_TEXT;
    if (!is_text || function >= FUNCTIONS) {
        *err = hx_text("expected a text, for one of two functions");
        return false;
    }
    plugin_string_t text = arguments->ptr[0].val.text;
    const char *number = (const char *) text.ptr;
    ret->tag = HONGXIAN_PLUGIN_VALUES_VALUE_BOOL;
    ret->val.bool_ =
        function == CARD_NUMBER_VALID ? is_card_number(number, text.len) : is_identity_number(number, text.len);
    return true;
}

/* The number itself is not shown: a finding is read by more people than the declaration. */
static void review(hx_node product, const char *at, const char *pointer, hx_findings *findings) {
    plugin_string_t text;
    if (!hx_read_text(product, at, &text)) return;
    switch (find_personal_number((const char *) text.ptr, text.len)) {
    case IDENTITY_NUMBER:
        hx_find(findings, pointer, "the text carries what reads as a resident identity number", "文字中含有疑似居民身份证号码");
        break;
    case CARD_NUMBER:
        hx_find(findings, pointer, "the text carries what reads as a card number", "文字中含有疑似银行卡号");
        break;
    case NO_NUMBER:
        break;
    }
    plugin_string_free(&text);
}

/* The declaration is element 0 of the arguments. */
static void review_product(hx_node arguments, const char *pointer, hx_findings *findings) {
    char at[HX_PATH + 2] = "/0";
    strcpy(at + 2, pointer);
    review(arguments, at, pointer, findings);
}

bool exports_hongxian_plugin_checks_check(
    uint32_t check, exports_hongxian_plugin_checks_borrow_node_t arguments, hx_findings *ret, plugin_string_t *err) {
    if (check != 0) {
        *err = hx_text("there is only one check");
        return false;
    }
    ret->ptr = NULL;
    ret->len = 0;
    for (size_t i = 0; i < COUNT(SINGLE); i++) review_product(arguments, SINGLE[i], ret);
    for (size_t i = 0; i < COUNT(LISTED); i++) {
        char pointer[HX_PATH] = "/0";
        strcpy(pointer + 2, LISTED[i].list);
        uint32_t length = hx_length(arguments, pointer);
        for (uint32_t element = 0; element < length; element++) {
            hx_path(pointer, LISTED[i].list, element, LISTED[i].field);
            review_product(arguments, pointer, ret);
        }
    }
    return true;
}
