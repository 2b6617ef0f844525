/* Html: a page as blocks: the main body found among navigation, tables as tables. */
#include "document/document_priv.h"

Err read_html(Builder *builder, Str content)
{
    (void)content;
    diag_add(builder->diags, LT1020, place_file(builder->name), STR("HTML"));
    return ERR_INPUT;
}
