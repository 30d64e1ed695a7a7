/* Numbers that belong to a person: resident identity numbers and card numbers, alone or in the midst of a text. Knows
 * nothing of plugins, and runs in tests as it is. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether these characters are a resident identity number: 17 digits with a day that exists at the seventh, and a check
 * character that holds. (GB 11643-1999, ISO 7064 MOD 11-2) */
bool is_identity_number(const char *text, size_t length);

/* Whether these digits are a card number: 16 to 19 of them, the first from 3 to 6, with a check digit that holds.
 * (ISO/IEC 7812-1, Luhn) */
bool is_card_number(const char *digits, size_t length);

enum personal_number { NO_NUMBER, IDENTITY_NUMBER, CARD_NUMBER };

/* The first number of a person that a text carries. It stands alone: no letter or digit of ASCII touches it. The digits of
 * a card may be in groups, with single blanks or hyphens between. */
enum personal_number find_personal_number(const char *text, size_t length);

#endif
