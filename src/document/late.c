/* The functions of libzip and libxml2 that are used, found when a document needs them. */
#include "base/late.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <zip.h>

LATE_VOID(ZIP_SONAME, zip_discard, (zip_t * zip), (zip))
LATE_VOID(ZIP_SONAME, zip_error_init, (zip_error_t * error), (error))
LATE_VOID(ZIP_SONAME, zip_error_fini, (zip_error_t * error), (error))
LATE(ZIP_SONAME, int, zip_fclose, (zip_file_t * file), (file))
LATE(ZIP_SONAME, zip_file_t *, zip_fopen_index, (zip_t * zip, zip_uint64_t i, zip_flags_t flags),
     (zip, i, flags))
LATE(ZIP_SONAME, zip_int64_t, zip_fread, (zip_file_t * file, void *to, zip_uint64_t n),
     (file, to, n))
LATE(ZIP_SONAME, zip_int64_t, zip_get_num_entries, (zip_t * zip, zip_flags_t flags), (zip, flags))
LATE(ZIP_SONAME, zip_int64_t, zip_name_locate, (zip_t * zip, const char *name, zip_flags_t flags),
     (zip, name, flags))
LATE(ZIP_SONAME, zip_t *, zip_open_from_source,
     (zip_source_t * source, int flags, zip_error_t *error), (source, flags, error))
LATE(ZIP_SONAME, zip_source_t *, zip_source_buffer_create,
     (const void *at, zip_uint64_t n, int owned, zip_error_t *error), (at, n, owned, error))
LATE_VOID(ZIP_SONAME, zip_source_free, (zip_source_t * source), (source))
LATE(ZIP_SONAME, int, zip_stat_index,
     (zip_t * zip, zip_uint64_t i, zip_flags_t flags, zip_stat_t *out), (zip, i, flags, out))

LATE(XML2_SONAME, xmlParserCtxtPtr, xmlCreatePushParserCtxt,
     (xmlSAXHandlerPtr sax, void *context, const char *piece, int n, const char *name),
     (sax, context, piece, n, name))
LATE(XML2_SONAME, int, xmlCtxtUseOptions, (xmlParserCtxtPtr parser, int options), (parser, options))
LATE_VOID(XML2_SONAME, xmlFreeDoc, (xmlDocPtr doc), (doc))
LATE_VOID(XML2_SONAME, xmlFreeParserCtxt, (xmlParserCtxtPtr parser), (parser))
LATE(XML2_SONAME, int, xmlParseChunk, (xmlParserCtxtPtr parser, const char *piece, int n, int last),
     (parser, piece, n, last))
LATE_VOID(XML2_SONAME, xmlStopParser, (xmlParserCtxtPtr parser), (parser))
LATE(XML2_SONAME, const htmlEntityDesc *, htmlEntityLookup, (const xmlChar *name), (name))
