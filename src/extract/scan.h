/* Scan: a sentence as items: words of the lexicon, quantities, times, names and punctuation. */
#ifndef LONGTU_EXTRACT_SCAN_H
#define LONGTU_EXTRACT_SCAN_H

#include "base/vec.h"
#include "extract/lexicon.h"

typedef struct {   /* a number with what belongs to it */
    Span at;       /* all of it: 约30万人左右 */
    Span number;   /* from its first digit to its unit's end: 30万人 */
    Decimal value; /* with the digits that are printed; of a range its lower end */
    Decimal high;  /* of a range its upper end, else the value */
    Str unit; /* as it is written, in the text; ％ is %, 元人民币 is 元; empty if it has none */
    uint8_t is;         /* UnitClass */
    uint8_t comparator; /* Comparator; COMPARE_NONE if nothing is said */
    bool range, over;   /* over: 超过, 突破, which are verbs too */
    bool hanzi;         /* written in Chinese characters */
    bool ratio;         /* one of several numbers set against each other: 17.9∶29.9∶52.2 */
    bool attributive;   /* 3岁以下婴幼儿: tells what the words behind it are, not how much */
    bool level;         /* an order of magnitude: 百亿级 */
    bool per_person;    /* 每平方米125人: unit is over the one in front */
} Quantity;

typedef enum {
    TIME_POINT,  /* a year, or a date in it */
    TIME_SPAN,   /* 2021—2025年 */
    TIME_OFFSET, /* 今年: first is relative to the document's own year */
    TIME_REPEAT, /* 每季度: first is the number in words.def */
    TIME_LENGTH, /* 近三年 */
    TIME_AFTER,  /* 印发后3个月内: day is a number of `unit` */
} TimeKind;

enum {
    TIME_BEFORE = 1 /* 前 */,
    TIME_END = 2 /* 末, 底 */,
    TIME_FROM = 4 /* 起 */,
    TIME_FIVE = 8 /* “十四五” */,
    TIME_TITLE = 16 /* of a plan's name */
};

typedef struct {
    Span at;
    uint8_t kind, flags;
    int16_t first, last; /* years; 0: not stated */
    uint8_t month, day;  /* 0: not stated */
    char unit;           /* TIME_AFTER: y, m, d */
} Time;

typedef enum { ITEM_WORD, ITEM_QUANTITY, ITEM_TIME, ITEM_NAME, ITEM_MARK } ItemKind;
typedef enum {
    MARK_STOP, /* 。 ！ ？ and a line's end */
    MARK_SEMICOLON,
    MARK_COMMA,
    MARK_COLON,
    MARK_PAUSE, /* 、 */
    MARK_OPEN,
    MARK_CLOSE, /* （ ） */
    MARK_QUOTE,
    MARK_UNQUOTE, /* “ ” */
    MARK_TITLE,
    MARK_TITLE_END, /* 《 》 */
    MARK_DASH,
    MARK_OTHER
} MarkKind;

typedef enum {
    NAMED_PLAIN,     /* accounted for if it holds a digit: 5G, G30, “3+2” */
    NAMED_COUNTED,   /* accounted for without one: “两江一水” */
    NAMED_TITLE,     /* 《…》 */
    NAMED_UNREADABLE /* digits that are no number we can hold (more than 18): confessed */
} NamedKind;

typedef struct {
    Span at;
    uint8_t kind;                /* ItemKind */
    uint8_t sub;                 /* WordKind, MarkKind or NamedKind */
    bool taken;                  /* a quantity that words beside it made something else of */
    uint32_t number;             /* of a word; index of a quantity or time */
    uint32_t clause, clause_end; /* items: the first of its clause, and the mark that ends it, which
                                    belongs to it; numbers and brackets end none */
} Item;

typedef struct { /* reused from sentence to sentence */
    Arena *arena;
    Str text;
    Span at; /* of the sentence, its stop included */
    VEC(Item) items;
    VEC(Quantity) quantities;
    VEC(Time) times;
    size_t n_names; /* items of that kind */
    uint64_t words; /* bit of each WordKind that occurs */
} Scan;

/* Reads from byte `start` to the end of the sentence, or to `end`; returns where the next begins.
 * A sentence longer than SCAN_MAX bytes is cut at a comma. */
enum { SCAN_MAX = 6000 };
uint32_t scan_sentence(const Lexicon *lexicon, Str text, uint32_t start, uint32_t end, Scan *out);

/* The number, unit and bounds at byte i, where a number begins; its length, 0 if there is none or
 * it has more digits than QUANTITY_DIGITS, which is what a Decimal holds. */
enum { QUANTITY_DIGITS = 18 };
size_t quantity_read(const Lexicon *lexicon, Str text, size_t i, size_t end, Quantity *out);

/* 百亿级, 千万千瓦级, 百亿园区: likewise, where a row of powers begins. */
size_t magnitude_read(const Lexicon *lexicon, Str text, size_t i, size_t end, Quantity *out);

/* The year, date or span at byte i, where a number begins; its length, 0 if there is none. */
size_t time_read(Str text, size_t i, size_t end, Time *out);

/* Where the clause of item i begins, and its first item. */
static inline uint32_t scan_clause_start(const Scan *scan, size_t i, size_t *first)
{
    *first = scan->items.at[i].clause;
    return *first == 0 ? scan->at.start : scan->items.at[*first - 1].at.end;
}

/* Where the clause of item i ends, which may be the one behind the last. */
static inline uint32_t scan_clause_end(const Scan *scan, size_t i)
{
    size_t last = i < scan->items.n ? scan->items.at[i].clause_end : i;

    return last < scan->items.n ? scan->items.at[last].at.start : scan->at.end;
}

static inline bool scan_has(const Scan *scan, WordKind kind)
{
    return (scan->words >> kind & 1) != 0;
}

#endif
