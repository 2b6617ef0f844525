/* Fuzzing of Quantity, When and Scan: any text gives items in order that lie inside it. */
#include "extract/fuzz_extract.h"
#include "extract/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static Arena *all;
static const Lexicon *lexicon;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    all = arena_new();
    lexicon = fuzz_lexicon(all);
    return 0;
}

static void check_quantity(const Quantity *quantity, size_t start, size_t len, size_t end)
{
    must(start + len <= end);
    must(quantity->at.start == start && quantity->at.end == start + len);
    must(quantity->number.start == start && quantity->number.end <= start + len);
    must(!quantity->range || decimal_cmp(quantity->value, quantity->high) < 0);
    must(quantity->is <= UNIT_SIZE && quantity->comparator <= COMPARE_ABOUT);
    must(quantity->is == UNIT_NO || quantity->unit.len > 0);
}

static void check_readers(Str text, size_t i, size_t end)
{
    Quantity quantity;
    Time time;
    size_t len = quantity_read(lexicon, text, i, end, &quantity);

    if (len != 0) {
        check_quantity(&quantity, i, len, end);
    }
    len = magnitude_read(lexicon, text, i, end, &quantity);
    if (len != 0) {
        check_quantity(&quantity, i, len, end);
    }
    len = time_read(text, i, end, &time);
    must(i + len <= end);
    must(len == 0 || (time.first <= time.last && time.month <= 12 && time.day <= 31));
}

static void check_items(const Scan *scan)
{
    uint32_t end = scan->at.start;

    for (size_t i = 0; i < scan->items.n; i++) {
        const Item *item = &scan->items.at[i];

        must(item->at.start >= end && item->at.end > item->at.start);
        must(item->kind != ITEM_QUANTITY || item->number < scan->quantities.n);
        must(item->kind != ITEM_TIME || item->number < scan->times.n);
        end = item->at.end;
    }
    must(end <= scan->at.end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Scan scan = {.arena = arena};
    Str text = {(const char *)data, size};

    if (size > 0 && size < 20000 && utf8_valid(text) == size) {
        for (uint32_t at = 0; at < size;) {
            uint32_t next = scan_sentence(lexicon, text, at, (uint32_t)size, &scan);

            must(next > at && next <= size && scan.at.start == at && scan.at.end == next);
            check_items(&scan);
            at = next;
        }
        for (size_t i = 0, len; i < size; i += len) {
            (void)utf8_at(text, i, &len);
            check_readers(text, i, size);
        }
    }
    arena_free(arena);
    return 0;
}
