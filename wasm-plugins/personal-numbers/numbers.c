#include "numbers.h"

#define IDENTITY_LENGTH 18
#define SHORTEST_CARD 16
#define LONGEST_CARD 19

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int number_at(const char *digits, size_t count) {
    int number = 0;
    for (size_t i = 0; i < count; i++) number = number * 10 + (digits[i] - '0');
    return number;
}

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Eight digits: a day of the twentieth or twenty-first century. */
static bool is_birthday(const char *digits) {
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year = number_at(digits, 4), month = number_at(digits + 4, 2), day = number_at(digits + 6, 2);
    if (year < 1900 || year > 2099 || month < 1 || month > 12) return false;
    int last = days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
    return day >= 1 && day <= last;
}

bool is_identity_number(const char *text, size_t length) {
    static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    static const char checks[] = "10X98765432";
    if (length != IDENTITY_LENGTH) return false;
    int sum = 0;
    for (size_t i = 0; i < IDENTITY_LENGTH - 1; i++) {
        if (!is_digit(text[i])) return false;
        sum += (text[i] - '0') * weights[i];
    }
    char last = text[IDENTITY_LENGTH - 1] == 'x' ? 'X' : text[IDENTITY_LENGTH - 1];
    return last == checks[sum % 11] && is_birthday(text + 6);
}

bool is_card_number(const char *digits, size_t length) {
    if (length < SHORTEST_CARD || length > LONGEST_CARD || digits[0] < '3' || digits[0] > '6') return false;
    int sum = 0;
    for (size_t i = 0; i < length; i++) {
        char digit = digits[length - 1 - i];
        if (!is_digit(digit)) return false;
        int value = (digit - '0') * (i % 2 == 1 ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

/* Where the digits that begin at `from` end, single separators between them included; the digits alone go to `digits`,
 * and how many there are, also past what fits, to `count`. */
static size_t run_of_digits(const char *text, size_t length, size_t from, char *digits, size_t *count) {
    size_t at = from;
    *count = 0;
    while (at < length) {
        bool is_separator = (text[at] == ' ' || text[at] == '-') && at + 1 < length && is_digit(text[at + 1]);
        if (is_digit(text[at])) {
            if (*count < LONGEST_CARD) digits[*count] = text[at];
            *count += 1;
        } else if (!is_separator) {
            break;
        }
        at += 1;
    }
    return at;
}

static bool stands_alone(const char *text, size_t length, size_t from, size_t to) {
    bool before = from > 0 && (is_digit(text[from - 1]) || is_letter(text[from - 1]));
    bool after = to < length && (is_digit(text[to]) || is_letter(text[to]));
    return !before && !after;
}

enum personal_number find_personal_number(const char *text, size_t length) {
    for (size_t at = 0; at < length; at++) {
        if (!is_digit(text[at])) continue;
        size_t end = at + IDENTITY_LENGTH;
        if (end <= length && is_identity_number(text + at, IDENTITY_LENGTH) && stands_alone(text, length, at, end)) {
            return IDENTITY_NUMBER;
        }
        char digits[LONGEST_CARD];
        size_t count;
        end = run_of_digits(text, length, at, digits, &count);
        if (is_card_number(digits, count) && stands_alone(text, length, at, end)) return CARD_NUMBER;
        while (at + 1 < length && is_digit(text[at + 1])) at++;
    }
    return NO_NUMBER;
}
