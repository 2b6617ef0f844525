/* pdf */
#include "document/document_priv.h"

Err read_pdf(Builder *builder, Str content)
{
    (void)content;
    diag_add(builder->diags, LT1020, place_file(builder->name), STR("pdf"));
    return ERR_INPUT;
}
