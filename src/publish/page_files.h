/* Page files: the style and the script of the page of a source text, built into the program. */
#ifndef LONGTU_PUBLISH_PAGE_FILES_H
#define LONGTU_PUBLISH_PAGE_FILES_H

#include <stddef.h>

typedef struct {
    const char *name;
    const unsigned char *at;
    size_t len;
} PageFile;

enum { PAGE_STYLE, PAGE_SCRIPT }; /* indexes */
extern const PageFile PAGE_FILES[];
extern const size_t N_PAGE_FILES;

#endif
