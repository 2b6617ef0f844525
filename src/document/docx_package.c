/* Package: the members of a DOCX file, unpacked piece by piece and read as XML. */
#include "document/docx_priv.h"

#include <string.h>
#include <zip.h>

enum { PIECE = 64 << 10 };
#define MAX_MEMBER ((uint64_t)DOC_MAX_TEXT * 4) /* markup takes more room than text; our choice */

struct Package {
    Arena *arena;
    Str name;
    Diags *diags;
    zip_t *zip;
    Str main;
};

typedef struct {
    const PartHandler *handler;
    void *context;
    xmlParserCtxtPtr parser;
    bool dtd;
} PartReader;

static Err damaged(const Package *package, Text reason)
{
    diag_add(package->diags, LT1023, place_file(package->name), package->name,
             diag_word(package->arena, reason));
    return ERR_INPUT;
}

Str xml_attribute(const xmlChar **attributes, int n, const char *name)
{
    for (int i = 0; i < n; i++) {
        const xmlChar *const *at = &attributes[i * 5];

        if (strcmp((const char *)at[0], name) == 0) {
            return (Str){(const char *)at[3], (size_t)(at[4] - at[3])};
        }
    }
    return STR("");
}

bool xml_has(const xmlChar **attributes, int n, const char *name)
{
    for (int i = 0; i < n; i++) {
        if (strcmp((const char *)attributes[i * 5], name) == 0) {
            return true;
        }
    }
    return false;
}

bool xml_on(const xmlChar **attributes, int n)
{
    Str value = xml_attribute(attributes, n, "val");

    return !str_eq(value, STR("0")) && !str_eq(value, STR("false")) && !str_eq(value, STR("off"));
}

int xml_number(Str value, int otherwise)
{
    enum { MOST = 1000000 };
    bool negative = str_starts(value, STR("-"));
    int n = 0;

    if (value.len == negative) {
        return otherwise;
    }
    for (size_t i = negative; i < value.len; i++) {
        if (value.at[i] < '0' || value.at[i] > '9') {
            return otherwise;
        }
        n = n < MOST ? n * 10 + (value.at[i] - '0') : n;
    }
    n = n < MOST ? n : MOST;
    return negative ? -n : n;
}

static void on_open(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                    int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
                    const xmlChar **attributes)
{
    PartReader *reader = context;

    (void)prefix, (void)uri, (void)n_namespaces, (void)namespaces, (void)n_defaulted;
    reader->handler->open(reader->context, (const char *)name, attributes, n_attributes);
}

static void on_close(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    PartReader *reader = context;

    (void)prefix, (void)uri;
    reader->handler->close(reader->context, (const char *)name);
}

static void on_text(void *context, const xmlChar *text, int len)
{
    PartReader *reader = context;

    reader->handler->text(reader->context, (Str){(const char *)text, (size_t)len});
}

/* A document type can define entities that unfold without end. No program writes one here. */
static void on_dtd(void *context, const xmlChar *name, const xmlChar *public, const xmlChar *system)
{
    PartReader *reader = context;

    (void)name, (void)public, (void)system;
    reader->dtd = true;
    xmlStopParser(reader->parser);
}

static void on_error(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

static Err read_pieces(Package *package, zip_file_t *file, PartReader *reader)
{
    char *piece = arena_alloc(package->arena, PIECE);
    uint64_t total = 0;
    zip_int64_t n;

    while ((n = zip_fread(file, piece, PIECE)) > 0) {
        total += (uint64_t)n;
        if (total > MAX_MEMBER) {
            diag_add(package->diags, LT1022, place_file(package->name), package->name,
                     str_format(package->arena, "%llu MiB", (unsigned long long)MAX_MEMBER >> 20));
            return ERR_INPUT;
        }
        (void)xmlParseChunk(reader->parser, piece, (int)n, 0);
        if (reader->dtd) {
            return damaged(package, TEXT("XML 里有文档类型定义", "its XML has a document type"));
        }
        if (reader->parser->wellFormed == 0) {
            break;
        }
        if (reader->handler->full != NULL && reader->handler->full(reader->context)) {
            return OK;
        }
    }
    if (n < 0) {
        return damaged(package, TEXT("无法解压", "it cannot be unpacked"));
    }
    (void)xmlParseChunk(reader->parser, piece, 0, 1);
    if (reader->parser->wellFormed == 0) {
        return damaged(package, TEXT("XML 不完整", "its XML is broken"));
    }
    return OK;
}

static Err read_member(Package *package, Str path, const PartHandler *handler, void *context)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_open,
                         .endElementNs = on_close,
                         .characters = on_text,
                         .cdataBlock = on_text,
                         .internalSubset = on_dtd,
                         .serror = on_error};
    PartReader reader = {.handler = handler, .context = context};
    zip_int64_t at = zip_name_locate(package->zip, str_to_z(package->arena, path), 0);
    zip_stat_t stat;
    zip_file_t *file;
    Err err;

    if (at < 0) {
        return OK;
    }
    if (zip_stat_index(package->zip, (zip_uint64_t)at, 0, &stat) == 0 &&
        (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
        diag_add(package->diags, LT1024, place_file(package->name), package->name);
        return ERR_INPUT;
    }
    file = zip_fopen_index(package->zip, (zip_uint64_t)at, 0);
    if (file == NULL) {
        return damaged(package, TEXT("无法解压", "it cannot be unpacked"));
    }
    reader.parser = xmlCreatePushParserCtxt(&sax, &reader, NULL, 0, NULL);
    if (reader.parser == NULL) {
        (void)zip_fclose(file);
        return damaged(package, TEXT("无法解压", "it cannot be unpacked"));
    }
    (void)xmlCtxtUseOptions(reader.parser, XML_PARSE_NONET | XML_PARSE_NOERROR |
                                               XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    err = read_pieces(package, file, &reader);
    if (reader.parser->myDoc != NULL) {
        xmlFreeDoc(reader.parser->myDoc);
    }
    xmlFreeParserCtxt(reader.parser);
    (void)zip_fclose(file);
    return err;
}

Err package_read(Package *package, Str name, const PartHandler *handler, void *context)
{
    size_t folder = package->main.len;

    if (name.len == 0) {
        return read_member(package, package->main, handler, context);
    }
    while (folder > 0 && package->main.at[folder - 1] != '/') {
        folder--;
    }
    return read_member(
        package,
        str_format(package->arena, "%.*s%.*s", (int)folder, package->main.at, STR_ARG(name)),
        handler, context);
}

/* Relationships of the package: the one that names the main member. */
static void find_main(void *context, const char *name, const xmlChar **attributes, int n)
{
    Package *package = context;
    Str target = xml_attribute(attributes, n, "Target");

    if (strcmp(name, "Relationship") == 0 &&
        str_ends(xml_attribute(attributes, n, "Type"), STR("/officeDocument"))) {
        target = str_starts(target, STR("/")) ? str_slice(target, 1, target.len) : target;
        package->main = str_copy(package->arena, target);
    }
}

static void ignore_close(void *context, const char *name)
{
    (void)context, (void)name;
}

static void ignore_text(void *context, Str words)
{
    (void)context, (void)words;
}

Str package_main(const Package *package)
{
    return package->main;
}

Err package_open(Arena *arena, Str name, Str content, Package **out, Diags *diags)
{
    static const PartHandler RELATIONSHIPS = {find_main, ignore_close, ignore_text, NULL};
    Package *package = ARENA_NEW(arena, Package);
    zip_error_t error;
    zip_source_t *source;
    Err err;

    *out = NULL;
    *package =
        (Package){.arena = arena, .name = name, .diags = diags, .main = STR("word/document.xml")};
    zip_error_init(&error);
    source = zip_source_buffer_create(content.at, content.len, 0, &error);
    package->zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (package->zip == NULL) {
        if (source != NULL) {
            zip_source_free(source);
        }
        return damaged(package, TEXT("压缩包不完整", "the archive is incomplete"));
    }
    *out = package;
    if (zip_name_locate(package->zip, "word/document.xml", 0) < 0) {
        package->main = STR("");
        err = read_member(package, STR("_rels/.rels"), &RELATIONSHIPS, package);
        if (err != OK) {
            return err;
        }
        if (!str_starts(package->main, STR("word/")) ||
            zip_name_locate(package->zip, str_to_z(arena, package->main), 0) < 0) {
            diag_add(diags, LT1020, place_file(name), name);
            return ERR_INPUT;
        }
    }
    return OK;
}

void package_close(Package *package)
{
    if (package != NULL && package->zip != NULL) {
        zip_discard(package->zip);
        package->zip = NULL;
    }
}
