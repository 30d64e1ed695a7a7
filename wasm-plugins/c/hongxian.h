/* What every plugin in C needs beside the generated border: texts, reading, findings. Memory that goes to the host is
 * allocated here and freed by the generated code; the instance ends with the declaration. */
#ifndef HONGXIAN_H
#define HONGXIAN_H

#include "plugin.h"
#include <stdlib.h>
#include <string.h>

typedef hongxian_plugin_document_borrow_node_t hx_node;
typedef exports_hongxian_plugin_checks_list_finding_t hx_findings;

/* The room for a JSON Pointer that `hx_path` writes. */
#define HX_PATH 256

/* Memory, or a trap: a plugin that is out of memory has no answer. */
static inline void *hx_room(size_t bytes) {
    void *room = malloc(bytes);
    if (room == NULL) __builtin_trap();
    return room;
}

/* A copy of a C string, for the host. */
static inline plugin_string_t hx_text(const char *text) {
    plugin_string_t copy;
    plugin_string_dup(&copy, text);
    return copy;
}

/* What stands at a place below `node`. */
static inline hongxian_plugin_document_content_t hx_read(hx_node node, const char *at) {
    plugin_string_t pointer = { (uint8_t *) at, strlen(at) };
    hongxian_plugin_document_content_t content;
    hongxian_plugin_document_method_node_read(node, &pointer, &content);
    return content;
}

/* Whether a text stands at a place; then it is in `text`, not ended by a zero, and the caller frees it. */
static inline bool hx_read_text(hx_node node, const char *at, plugin_string_t *text) {
    hongxian_plugin_document_content_t content = hx_read(node, at);
    bool is_text = content.tag == HONGXIAN_PLUGIN_DOCUMENT_CONTENT_SCALAR
        && content.val.scalar.tag == HONGXIAN_PLUGIN_VALUES_VALUE_TEXT;
    if (is_text) *text = content.val.scalar.val.text;
    else hongxian_plugin_document_content_free(&content);
    return is_text;
}

/* How many elements the list at a place has; 0 where none is declared. */
static inline uint32_t hx_length(hx_node node, const char *at) {
    hongxian_plugin_document_content_t content = hx_read(node, at);
    bool is_list = content.tag == HONGXIAN_PLUGIN_DOCUMENT_CONTENT_LIST;
    uint32_t length = is_list ? content.val.list : 0;
    hongxian_plugin_document_content_free(&content);
    return length;
}

/* Writes `list/index/field` into `path`, which has room for HX_PATH bytes. */
static inline void hx_path(char *path, const char *list, uint32_t index, const char *field) {
    char digits[10];
    size_t count = 0;
    do {
        digits[count++] = (char) ('0' + index % 10);
        index /= 10;
    } while (index != 0);
    size_t at = strlen(list);
    if (at + count + strlen(field) + 2 > HX_PATH) __builtin_trap();
    memcpy(path, list, at);
    path[at++] = '/';
    while (count != 0) path[at++] = digits[--count];
    strcpy(path + at, field);
}

/* Adds a finding. The pointer is one from the root of the declaration. */
static inline void hx_find(hx_findings *findings, const char *pointer, const char *en, const char *zh) {
    size_t size = (findings->len + 1) * sizeof *findings->ptr;
    findings->ptr = realloc(findings->ptr, size);
    if (findings->ptr == NULL) __builtin_trap();
    exports_hongxian_plugin_checks_finding_t *finding = &findings->ptr[findings->len++];
    memset(finding, 0, sizeof *finding);
    finding->pointer = hx_text(pointer);
    finding->message.en = hx_text(en);
    finding->message.zh.is_some = true;
    finding->message.zh.val = hx_text(zh);
}

/* A function that takes one text. */
static inline exports_hongxian_plugin_checks_function_t
hx_function_of_text(const char *name, const char *doc, const char *parameter, uint8_t returns) {
    exports_hongxian_plugin_checks_function_t function = { 0 };
    function.name = hx_text(name);
    function.doc = hx_text(doc);
    function.params.len = 1;
    function.params.ptr = hx_room(sizeof *function.params.ptr);
    memset(function.params.ptr, 0, sizeof *function.params.ptr);
    function.params.ptr->name = hx_text(parameter);
    function.params.ptr->ty.tag = HONGXIAN_PLUGIN_VALUES_VALUE_TYPE_TEXT;
    function.returns.tag = returns;
    return function;
}

/* A check without options that reads these places. */
static inline exports_hongxian_plugin_checks_declaration_check_t
hx_check(const char *name, const char *doc, const char *const *reads, size_t count) {
    exports_hongxian_plugin_checks_declaration_check_t check = { 0 };
    check.name = hx_text(name);
    check.doc = hx_text(doc);
    check.reads.len = count;
    check.reads.ptr = hx_room(count * sizeof *check.reads.ptr);
    for (size_t i = 0; i < count; i++) check.reads.ptr[i] = hx_text(reads[i]);
    return check;
}

#endif
