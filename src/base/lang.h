/* Lang: the two languages that users are spoken to in, and text that exists in both. */
#ifndef LONGTU_BASE_LANG_H
#define LONGTU_BASE_LANG_H

#include "base/str.h"

typedef enum { LANG_EN, LANG_ZH } Lang;

typedef struct { /* either may be empty: then the other is shown */
    Str zh, en;
} Text;

#define TEXT(zh_literal, en_literal) ((Text){STR(zh_literal), STR(en_literal)})
#define TEXT_INIT(zh_literal, en_literal)                                                          \
    {                                                                                              \
        STR_INIT(zh_literal), STR_INIT(en_literal)                                                 \
    }

static inline Str text_in(Text text, Lang lang)
{
    Str wanted = lang == LANG_ZH ? text.zh : text.en;
    Str other = lang == LANG_ZH ? text.en : text.zh;

    return wanted.len != 0 ? wanted : other;
}

#endif
