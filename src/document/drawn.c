/* Drawn: tables that lines of text draw by their layout. */
#include "document/document_priv.h"

void find_drawn_tables(Builder *builder)
{
    (void)builder;
}
