/* Words: what statuses, methods, grades and remarks are called. */
#include "assess/assess.h"

static const struct {
    const char *word;
    Text text;
    const char *colour;
} STATUS_WORDS[] = {
#define X(name, word, zh, en, colour) {word, TEXT_INIT(zh, en), colour},
    STATUSES(X)
#undef X
};

typedef struct {
    const char *word;
    Text text;
} Word;

#define X(name, word, zh, en) {word, TEXT_INIT(zh, en)},
static const Word METHOD_WORDS[] = {METHODS(X)};
static const Word REMARK_WORDS[] = {REMARKS(X)};
#undef X

const char *status_word(Status status)
{
    return STATUS_WORDS[status].word;
}

Text status_text(Status status)
{
    return STATUS_WORDS[status].text;
}

const char *status_colour(Status status)
{
    return STATUS_WORDS[status].colour;
}

const char *method_word(Method method)
{
    return METHOD_WORDS[method].word;
}

Text method_text(Method method)
{
    return METHOD_WORDS[method].text;
}

Text grade_text(PlanGrade grade)
{
    static const Text GRADES[] = {
        TEXT_INIT("提前实现", "early"), TEXT_INIT("快于预期", "faster than expected"),
        TEXT_INIT("基本符合预期", "as expected"), TEXT_INIT("滞后", "lagging"), TEXT_INIT("", "")};

    return GRADES[grade];
}

const char *remark_word(Remark remark)
{
    return REMARK_WORDS[remark].word;
}

Text remark_text(Remark remark)
{
    return REMARK_WORDS[remark].text;
}
