/* Csv: rows of fields from a stream (RFC 4180), in UTF-8 or GB 18030, with memory that does not
 * grow with the file. */
#include "facts/csv.h"

#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <sodium.h>

enum { CHUNK = 64 << 10, BUFFER = CSV_MAX_ROW + 2 * CHUNK };

struct Csv {
    Arena *arena;
    Str name;
    CsvInput input;
    Diags *diags;
    Encoding encoding;
    bool decided, ended, failed;
    bool ill_formed; /* what follows the end of text is not in the encoding */
    char separator;
    iconv_t decoder; /* (iconv_t)-1 unless GB 18030 */
    crypto_generichash_state *hash;
    uint64_t n_read;
    unsigned char raw[CHUNK + 8]; /* bytes not yet decoded */
    size_t n_raw;
    char *text; /* decoded, valid UTF-8: text[at..len) is still to be read */
    size_t at, len;
    uint32_t line, row_line;
    Str behind_quote; /* of the last row */
    Str *fields;      /* CSV_MAX_FIELDS */
};

/* The state must lie on 64 bytes, which is more than an arena promises. */
static crypto_generichash_state *new_hash(Arena *arena)
{
    uintptr_t at = (uintptr_t)arena_alloc(arena, sizeof(crypto_generichash_state) + 64);
    crypto_generichash_state *hash = (crypto_generichash_state *)((at + 63) & ~(uintptr_t)63);

    (void)crypto_generichash_init(hash, NULL, 0, 32);
    return hash;
}

Csv *csv_open(Arena *arena, Str name, CsvInput input, Encoding encoding, Diags *diags)
{
    Csv *csv = ARENA_NEW(arena, Csv);

    csv->arena = arena;
    csv->name = name;
    csv->input = input;
    csv->diags = diags;
    csv->encoding = encoding;
    csv->decoder = (iconv_t)-1;
    csv->line = 1;
    csv->text = arena_alloc(arena, BUFFER);
    csv->fields = ARENA_ARRAY(arena, Str, CSV_MAX_FIELDS);
    csv->hash = new_hash(arena);
    return csv;
}

void csv_close(Csv *csv)
{
    if (csv != NULL && csv->decoder != (iconv_t)-1) {
        (void)iconv_close(csv->decoder);
    }
}

uint32_t csv_line(const Csv *csv)
{
    return csv->row_line;
}

Encoding csv_encoding(const Csv *csv)
{
    return csv->encoding;
}

Str csv_behind_quote(const Csv *csv)
{
    return csv->behind_quote;
}

uint64_t csv_bytes(const Csv *csv)
{
    return csv->n_read;
}

void csv_input_hash(const Csv *csv, unsigned char hash[32])
{
    crypto_generichash_state state = *csv->hash;

    (void)crypto_generichash_final(&state, hash, 32);
}

static Err fail(Csv *csv, Code code, Str argument)
{
    csv->failed = true;
    diag_add(csv->diags, code, place_line(csv->name, csv->line), argument);
    return ERR_INPUT;
}

/* Fills raw; ended is set at the end of the input. */
static Err read_raw(Csv *csv)
{
    while (!csv->ended && csv->n_raw < CHUNK) {
        long got =
            csv->input.read(csv->input.context, (char *)csv->raw + csv->n_raw, CHUNK - csv->n_raw);

        if (got < 0) {
            char reason[128];

            csv->failed = true;
            diag_add(csv->diags, LT1001, place_file(csv->name), csv->name,
                     str_z(strerror_r(errno, reason, sizeof reason)));
            return ERR_INPUT;
        }
        csv->ended = got == 0;
        (void)crypto_generichash_update(csv->hash, csv->raw + csv->n_raw, (unsigned long long)got);
        csv->n_raw += (size_t)got;
        csv->n_read += (uint64_t)got;
    }
    return OK;
}

/* Bytes at the end of s that may be the beginning of a sequence that goes on. */
static size_t cut_sequence(Str s)
{
    for (size_t back = 1; back <= 3 && back <= s.len; back++) {
        unsigned char c = (unsigned char)s.at[s.len - back];

        if (c >= 0xC0) {
            return c >= 0xF0 || (c >= 0xE0 && back < 3) || back < 2 ? back : 0;
        }
        if (c < 0x80) {
            return 0;
        }
    }
    return 0;
}

/* Rows before the bad byte are still read; its line is told when it is reached. */
static void stop_at_bad_byte(Csv *csv)
{
    csv->n_raw = 0;
    csv->ended = true;
    csv->ill_formed = true;
}

/* Decodes GB 18030 from raw to the end of text; raw keeps what is incomplete. */
static void decode_gb(Csv *csv)
{
    char *in = (char *)csv->raw, *out = csv->text + csv->len;
    size_t in_left = csv->n_raw, out_left = BUFFER - csv->len;
    size_t result = iconv(csv->decoder, &in, &in_left, &out, &out_left);
    int error = errno;

    csv->len = (size_t)(out - csv->text);
    memmove(csv->raw, in, in_left);
    csv->n_raw = in_left;
    if (result == (size_t)-1 && error != E2BIG && (error != EINVAL || csv->ended)) {
        stop_at_bad_byte(csv);
    }
}

static Err start_gb(Csv *csv)
{
    csv->encoding = ENCODING_GB18030;
    csv->decoder = iconv_open("UTF-8", "GB18030");
    return csv->decoder == (iconv_t)-1 ? fail(csv, LT6008, STR("iconv: GB 18030")) : OK;
}

/* Whether the first bytes decode as GB 18030 into Chinese text. */
static bool looks_gb(const Csv *csv)
{
    iconv_t decoder = iconv_open("UTF-8", "GB18030");
    char *in = (char *)(uintptr_t)csv->raw, out_buffer[4096];
    size_t in_left = csv->n_raw;
    bool good = decoder != (iconv_t)-1;

    while (good && in_left > 0) {
        char *out = out_buffer;
        size_t out_left = sizeof out_buffer;

        if (iconv(decoder, &in, &in_left, &out, &out_left) == (size_t)-1 && errno != E2BIG) {
            good = errno == EINVAL && !csv->ended; /* only cut at the end */
            break;
        }
    }
    if (decoder != (iconv_t)-1) {
        (void)iconv_close(decoder);
    }
    return good;
}

/* Text that is well-formed in both: two-byte UTF-8 sequences (Latin, Greek, Cyrillic) without any
 * Chinese character are far more often GB 18030: 联通 is C1 AA CD A8 there, which a naive test
 * takes for UTF-8. The signs of units (km², µg, ·, °) are C2 xx; text whose only Chinese characters
 * are of that row (隆 路 陆) hardly occurs. */
static bool only_two_byte(Str s)
{
    bool some = false;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];

        if (c >= 0xE0) {
            return false;
        }
        some |= c > 0xC2;
    }
    return some;
}

/* Whether a whole line of well-formed text holds two or more sequences of three bytes: Chinese in
 * UTF-8. GB 18030 falls into that pattern less than once in a thousand lines, so such a file is
 * UTF-8 even if bad bytes follow. */
static bool has_utf8_line(Str s)
{
    while (s.len > 0) {
        Str rest, line = str_cut(s, '\n', &rest);
        size_t n = 0;

        if (line.len == s.len) {
            return false; /* cut off in the middle */
        }
        for (size_t i = 0; i < line.len; i++) {
            n += ((unsigned char)line.at[i] & 0xF0) == 0xE0;
        }
        if (n >= 2) {
            return true;
        }
        s = rest;
    }
    return false;
}

static Err decide(Csv *csv)
{
    Str start = {(const char *)csv->raw, csv->n_raw};
    Str whole = {start.at, start.len - (csv->ended ? 0 : cut_sequence(start))};

    csv->decided = true;
    if (csv->encoding == ENCODING_GB18030) {
        return start_gb(csv);
    }
    if (str_starts(start, STR("\xEF\xBB\xBF"))) {
        memmove(csv->raw, csv->raw + 3, csv->n_raw - 3);
        csv->n_raw -= 3;
        csv->encoding = ENCODING_UTF8;
    } else if (csv->encoding == ENCODING_DETECT) {
        size_t valid = utf8_valid(whole);
        bool utf8 = valid == whole.len || has_utf8_line(str_slice(whole, 0, valid));

        if ((!utf8 || (valid == whole.len && only_two_byte(whole))) && looks_gb(csv)) {
            return start_gb(csv);
        }
        csv->encoding = ENCODING_UTF8;
    }
    return OK;
}

/* Moves what is still to be read to the front and adds at least one chunk, unless the input has
 * ended. */
static Err fill(Csv *csv)
{
    Err err;
    Str raw;
    size_t valid, cut;

    memmove(csv->text, csv->text + csv->at, csv->len - csv->at);
    csv->len -= csv->at;
    csv->at = 0;
    err = read_raw(csv);
    if (err == OK && !csv->decided) {
        err = decide(csv);
    }
    if (err != OK || csv->n_raw == 0) {
        return err;
    }
    if (csv->encoding == ENCODING_GB18030) {
        decode_gb(csv);
        return OK;
    }
    raw = (Str){(const char *)csv->raw, csv->n_raw};
    cut = csv->ended ? 0 : cut_sequence(raw);
    raw.len -= cut;
    valid = utf8_valid(raw);
    memcpy(csv->text + csv->len, raw.at, valid);
    csv->len += valid;
    if (valid != raw.len) {
        stop_at_bad_byte(csv);
        return OK;
    }
    memmove(csv->raw, csv->raw + raw.len, cut);
    csv->n_raw = cut;
    return OK;
}

/* From behind an opening quote to behind the one that closes; OPEN if none does before end. */
#define OPEN SIZE_MAX
static size_t behind_quotes(const char *text, size_t i, size_t end)
{
    for (;;) {
        const char *quote = memchr(text + i, '"', end - i);

        if (quote == NULL) {
            return OPEN;
        }
        i = (size_t)(quote - text) + 1;
        if (i == end || text[i] != '"') {
            return i;
        }
        i++;
    }
}

/* Until the first row has told which it is, any of them. */
static bool separates(const Csv *csv, char c)
{
    return csv->separator == '\0' ? c == ',' || c == ';' || c == '\t' : c == csv->separator;
}

/* Whether a whole row lies in text; its end (behind the line end) in *end. */
static bool find_end(const Csv *csv, size_t *end, bool *open_quote)
{
    const char *text = csv->text;
    size_t i = csv->at;
    const char *line = memchr(text + i, '\n', csv->len - i);
    size_t stop = line == NULL ? csv->len : (size_t)(line - text);

    *open_quote = false;
    if (memchr(text + i, '"', stop - i) == NULL) {
        *end = stop + 1;
        return line != NULL;
    }
    while (i < csv->len) { /* at the start of a field */
        if (text[i] == '"') {
            i = behind_quotes(text, i + 1, csv->len);
            if (i == OPEN) {
                *open_quote = true;
                return false;
            }
        }
        while (i < csv->len && text[i] != '\n' && !separates(csv, text[i])) {
            i++;
        }
        i++;
        if (i <= csv->len && text[i - 1] == '\n') {
            *end = i;
            return true;
        }
    }
    return false;
}

/* The most frequent one outside quotes in a whole row. */
static char choose_separator(const Csv *csv, Str row)
{
    static const char CHOICES[] = ",;\t";
    size_t counts[3] = {0, 0, 0}, best = 0;

    for (size_t i = 0; i < row.len; i++) { /* at the start of a field */
        if (row.at[i] == '"') {
            i = behind_quotes(row.at, i + 1, row.len);
            assert(i != OPEN);
        }
        while (i < row.len && !separates(csv, row.at[i])) {
            i++;
        }
        for (size_t k = 0; k < 3 && i < row.len; k++) {
            counts[k] += row.at[i] == CHOICES[k];
        }
    }
    for (size_t k = 1; k < 3; k++) {
        best = counts[k] > counts[best] ? k : best;
    }
    return CHOICES[best];
}

/* A field that starts with a quote, unescaped where it lies; *i moves behind it. Blanks behind the
 * closing quote are left out, other text is for whoever rejects the row. */
static Str quoted_field(Csv *csv, size_t *i, size_t end)
{
    char *text = csv->text;
    size_t start = *i + 1, from = start, to = start, rest;
    Str behind;

    while (from < end) {
        if (text[from] == '"') {
            if (from + 1 >= end || text[from + 1] != '"') {
                from++;
                break;
            }
            from++;
        }
        text[to++] = text[from++];
    }
    rest = from;
    while (from < end && text[from] != csv->separator) {
        from++;
    }
    behind = str_trim((Str){text + rest, from - rest});
    csv->behind_quote = csv->behind_quote.len == 0 ? behind : csv->behind_quote;
    *i = from;
    return (Str){text + start, to - start};
}

/* Splits text[start..end) into fields; returns their number, or 0 if there are too many. */
static size_t split(Csv *csv, size_t start, size_t end)
{
    size_t n = 0, i = start;

    csv->behind_quote = STR("");
    for (;;) {
        Str field;

        if (n == CSV_MAX_FIELDS) {
            return 0;
        }
        if (i < end && csv->text[i] == '"') {
            field = quoted_field(csv, &i, end);
        } else {
            size_t first = i;

            while (i < end && csv->text[i] != csv->separator) {
                i++;
            }
            field = (Str){csv->text + first, i - first};
        }
        csv->fields[n++] = field;
        if (i >= end) {
            return n;
        }
        i++;
    }
}

static Err too_long(Csv *csv)
{
    return fail(csv, LT6009, str_format(csv->arena, "%d", CSV_MAX_ROW));
}

/* The row that the bad byte is in may have begun on an earlier line. */
static Err bad_byte(Csv *csv)
{
    for (size_t i = csv->at; i < csv->len; i++) {
        csv->line += csv->text[i] == '\n';
    }
    return fail(csv, LT6008, csv->encoding == ENCODING_UTF8 ? STR("UTF-8") : STR("GB 18030"));
}

/* The end of the next row in text; *end equals at when nothing is left. */
static Err next_row(Csv *csv, size_t *end)
{
    bool open_quote = false;

    while (!find_end(csv, end, &open_quote)) {
        size_t had = csv->len - csv->at;
        Err err;

        if (had > CSV_MAX_ROW) {
            return too_long(csv);
        }
        if (csv->ended && csv->n_raw == 0) {
            *end = csv->len;
            return csv->ill_formed ? bad_byte(csv)
                   : open_quote    ? fail(csv, LT6003, str_format(csv->arena, "%u", csv->line))
                                   : OK;
        }
        err = fill(csv);
        if (err != OK) {
            return err;
        }
    }
    return *end - csv->at > CSV_MAX_ROW ? too_long(csv) : OK;
}

Err csv_next(Csv *csv, const Str **fields, size_t *n)
{
    *fields = csv->fields;
    *n = 0;
    for (;;) {
        size_t end = csv->at, start, stop;
        Err err = csv->failed ? ERR_INPUT : next_row(csv, &end);

        if (err != OK) {
            return err;
        }
        start = csv->at;
        stop = end;
        stop -= stop > start && csv->text[stop - 1] == '\n';
        stop -= stop > start && csv->text[stop - 1] == '\r';
        if (csv->separator == '\0' && stop > start) { /* and read the row again with it */
            csv->separator = choose_separator(csv, (Str){csv->text + start, stop - start});
            continue;
        }
        csv->row_line = csv->line;
        for (size_t i = start; i < end; i++) {
            csv->line += csv->text[i] == '\n';
        }
        csv->at = end;
        if (start == end) {
            return OK;
        }
        if (stop == start) {
            continue;
        }
        *n = split(csv, start, stop);
        if (*n == 0) {
            csv->line = csv->row_line;
            return too_long(csv);
        }
        return OK;
    }
}
