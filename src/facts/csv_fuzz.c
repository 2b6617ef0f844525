/* Fuzzing of Csv: any bytes give rows or a failure, and the same however they are cut into reads.
 */
#include "base/test_random.h"
#include "base/utf8.h"
#include "facts/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
    const uint8_t *data;
    size_t left, most; /* bytes at a time; 0: all that is asked for */
    uint64_t random;
} Input;

static long read_input(void *context, char *to, size_t n)
{
    Input *input = context;

    if (input->most != 0) {
        size_t step = 1 + random_below(&input->random, input->most);

        n = n < step ? n : step;
    }
    n = n < input->left ? n : input->left;
    if (n > 0) {
        memcpy(to, input->data, n);
    }
    input->data += n;
    input->left -= n;
    return (long)n;
}

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* Every row with its line, and what was reported, as one text. */
static Str read_all(Arena *arena, Input input, Encoding encoding)
{
    Diags diags = diags_new(arena);
    Csv *csv = csv_open(arena, STR("fuzz"), (CsvInput){&input, read_input}, encoding, &diags);
    Buf out = buf_new(arena);
    uint32_t line = 0;
    const Str *fields;
    size_t n;
    Err err;

    while ((err = csv_next(csv, &fields, &n)) == OK && n > 0) {
        must(n <= CSV_MAX_FIELDS && csv_line(csv) > line);
        line = csv_line(csv);
        buf_format(&out, "%u", line);
        for (size_t i = 0; i < n; i++) {
            must(fields[i].len <= CSV_MAX_ROW && utf8_valid(fields[i]) == fields[i].len);
            buf_format(&out, " %zu:", fields[i].len);
            buf_add(&out, fields[i]);
        }
        buf_char(&out, '\n');
    }
    must(n == 0 && (err == OK || err == ERR_INPUT));
    must(diags_errors(&diags) == (err == OK ? 0 : 1));
    must(err != OK || (input.left == 0 && csv_encoding(csv) != ENCODING_DETECT));
    diags_print(&out, &diags, LANG_EN, false);
    csv_close(csv);
    return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Encoding ENCODINGS[] = {ENCODING_DETECT, ENCODING_DETECT, ENCODING_UTF8,
                                         ENCODING_GB18030};
    Encoding encoding = ENCODINGS[size % 4];
    Arena *arena = arena_new();
    Str whole = read_all(arena, (Input){data, size, 0, 1}, encoding);
    Str steps = read_all(arena, (Input){data, size, 7, size + 1}, encoding);

    must(str_eq(whole, steps));
    arena_free(arena);
    return 0;
}
