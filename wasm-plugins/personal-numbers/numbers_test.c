/* Runs natively: cc -o numbers_test numbers_test.c numbers.c && ./numbers_test. The identity number is the example of the
 * standard; no number is anybody's. */
#include "numbers.h"
#include <stdio.h>
#include <string.h>

static int failed;

static void expect(enum personal_number wanted, const char *text) {
    enum personal_number found = find_personal_number(text, strlen(text));
    if (found == wanted) return;
    printf("FAILED: expected %d, found %d in %s\n", wanted, found, text);
    failed += 1;
}

int main(void) {
    expect(IDENTITY_NUMBER, "11010519491231002X");
    expect(IDENTITY_NUMBER, "联系人身份证11010519491231002x，请核验");
    expect(NO_NUMBER, "110105194912310021");
    expect(NO_NUMBER, "A11010519491231002X");
    expect(NO_NUMBER, "11010519491231002X9");
    expect(NO_NUMBER, "110105194902310026");
    expect(CARD_NUMBER, "6222020000000000000");
    expect(CARD_NUMBER, "转入 4111 1111 1111 1111 即可");
    expect(CARD_NUMBER, "4111-1111-1111-1111");
    expect(NO_NUMBER, "4111 1111 1111 1112");
    expect(NO_NUMBER, "914403004557449382");
    expect(NO_NUMBER, "41111111111111114111111111111111");
    expect(NO_NUMBER, "");
    expect(NO_NUMBER, "7");
    printf("%d passed, %d failed\n", 14 - failed, failed);
    return failed == 0 ? 0 : 1;
}
