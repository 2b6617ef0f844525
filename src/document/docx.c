/* docx */
#include "document/document_priv.h"

Err read_docx(Builder *builder, Str content)
{
    (void)content;
    diag_add(builder->diags, LT1020, place_file(builder->name), STR("docx"));
    return ERR_INPUT;
}
