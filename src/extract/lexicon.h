/* Lexicon: the words that extraction knows, in one automaton: verbs and markers of the genre,
 * units, regions, groups and bodies. */
#ifndef LONGTU_EXTRACT_LEXICON_H
#define LONGTU_EXTRACT_LEXICON_H

#include "extract/extract.h"

/* What a word does. Which words there are stands in words.def. */
typedef enum {
    WORD_NONE,
    /* before a quantity: what its number is to the value that is meant */
    WORD_AT_LEAST, /* 不低于 */
    WORD_AT_MOST,  /* 不超过 */
    WORD_ABOUT,    /* 约 */
    WORD_OVER,     /* 超过, 突破: at least, and a verb as well */
    /* behind it */
    WORD_AND_OVER,  /* 以上 */
    WORD_AND_UNDER, /* 以内 */
    WORD_OR_SO,     /* 左右 */
    WORD_ODD,       /* 多, 余: stands between number and unit */
    /* verbs in front of it */
    WORD_REACH,   /* 达到, 提高到 */
    WORD_FALL_TO, /* 降至 */
    WORD_HOLD,    /* 保持在 */
    WORD_CAP,     /* 控制在 */
    WORD_IS,      /* 为, 是 */
    WORD_RISE,    /* 增长, 提高 */
    WORD_FALL,    /* 下降, 减少 */
    WORD_ABOVE,   /* 高出, 高于 */
    WORD_BELOW,   /* 低于 */
    WORD_HAVE,    /* 拥有, 现有 */
    WORD_BUILD,   /* 建成, 新增, 完成, 培育: what follows or precedes is a volume of work */
    WORD_WEAK,    /* 推进, 实施, 支持: the same, where a verb of building follows */
    /* around verbs */
    WORD_YEARLY,     /* 年均, 每年 */
    WORD_TOTAL,      /* 累计, 共 */
    WORD_RESPECTIVE, /* 分别, 各 */
    WORD_ALL,        /* 均, 都 */
    WORD_MODAL,      /* 力争, 确保 */
    WORD_DONE,       /* 已, 了, 目前: of the present or the past */
    WORD_SHARE,      /* 占, 占到 */
    WORD_SHARE_NOUN, /* 比重, 比例 */
    WORD_FROM,       /* 由, 从 */
    WORD_THAN,       /* 较, 比 */
    WORD_EACH,       /* 每 */
    WORD_MEETING,    /* 满足, 具备: 满足3000万户能力的 */
    /* numbers that are told by words; the value stands in the word's number */
    WORD_COVER_ALL,   /* 全覆盖 */
    WORD_ALL_OF,      /* 全部 */
    WORD_ALL_DONE,    /* 全收集, 全处理 */
    WORD_GENERAL,     /* 全面普及 */
    WORD_ZERO_GROWTH, /* 零增长 */
    WORD_DOUBLE,      /* 翻一番, 倍增; number: times */
    WORD_HALF,        /* 减半 */
    WORD_NO_MORE,     /* 基本消除 */
    WORD_CIRCLE,      /* 经济圈, 通勤圈: behind a time of travel */
    /* time */
    WORD_BY,        /* 到 */
    WORD_FIVE_YEAR, /* “十四五”; number: first year */
    WORD_RELATIVE,  /* 今年, 去年; number: years to add */
    WORD_CYCLE,     /* 每季度, 月度 */
    WORD_ISSUED,    /* 印发后, 印发之日起 */
    WORD_PERIOD,    /* 时期, 期间 */
    /* duties and mechanisms */
    WORD_LEAD,      /* 牵头 */
    WORD_ANSWER,    /* 负责, 责任主体 */
    WORD_WITH,      /* 会同, 配合 */
    WORD_MUST,      /* 要, 应 */
    WORD_SET_UP,    /* 建立, 健全, 构建 */
    WORD_MECHANISM, /* 机制, 平台, 体系 */
    /* places */
    WORD_REGION, /* number: entity of the catalog */
    WORD_OWN,    /* 全省, 该区域: the plan's own area */
    WORD_BODY,   /* number: body of the catalog */
    /* other */
    WORD_NAME,    /* holds a number and is a name: 一带一路, 110 */
    WORD_STOP,    /* only keeps a shorter word from being read: 新增长极 */
    WORD_LINK,    /* 和, 及, 与 */
    WORD_OPENING, /* 其中, 同时: opens a clause and is no part of a name */
    WORD_N
} WordKind;

typedef struct {
    uint8_t kind;    /* WordKind; WORD_NONE: no word */
    uint8_t len;     /* bytes */
    uint32_t number; /* what the kind says */
} Word;

/* What a character may begin. */
enum {
    CLASS_WORD = 1,   /* a word of the lexicon */
    CLASS_DIGIT = 2,  /* a number in Arabic digits */
    CLASS_HANZI = 4,  /* a number in Chinese characters */
    CLASS_LETTER = 8, /* a Latin word */
    CLASS_MARK = 16,  /* punctuation that structures a sentence */
    CLASS_SPACE = 32,
    CLASS_ALONE = 64, /* a word of the lexicon, whatever follows */
};

typedef struct Automaton Automaton;
typedef struct NameTable NameTable;

enum { N_PAIRS = 1 << 18 }; /* some ten times as many as there are */

struct Lexicon {
    const Catalog *catalog;
    uint8_t classes[0x10000]; /* by code point; what lies beyond the BMP begins nothing */
    Automaton *words, *units;
    NameTable *indicators;
    uint64_t pairs[N_PAIRS / 64]; /* a bit for the first two characters of each word */
};

/* The bit of a pair; some share one. */
static inline size_t pair_of(uint32_t first, uint32_t second)
{
    return (first * 0x9E3779B1u ^ second * 0x85EBCA6Bu) % N_PAIRS; /* Knuth 6.4, MurmurHash3 */
}

/* What a unit tells of its number. */
typedef enum {
    UNIT_NO,
    UNIT_RATE,           /* % ‰ */
    UNIT_POINTS,         /* 百分点 */
    UNIT_TIMES,          /* 倍 */
    UNIT_COUNT,          /* 个 家 项: counts things that the words beside it name */
    UNIT_LENGTH_OF_TIME, /* 年 小时 分钟 */
    UNIT_SIZE,           /* everything else: 亿元, 万亩, 千瓦 */
} UnitClass;

/* The longest word that begins at byte i. */
Word lexicon_word(const Lexicon *lexicon, Str text, size_t i);

/* The indicator whose name or synonym the pieces make up, white space, width and case aside; NONE
 * if there is none. */
uint32_t lexicon_indicator(const Lexicon *lexicon, const Str *pieces, size_t n);

/* The longest unit at byte i: words of scale, a symbol, and one more over a slash; its length in
 * bytes, 0 if there is none. *symbol is the first symbol as units.def has it. */
size_t lexicon_unit(const Lexicon *lexicon, Str text, size_t i, Str *symbol, UnitClass *is);

#endif
