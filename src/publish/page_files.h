/* Page files: the styles and scripts of the pages, built into the program. */
#ifndef LONGTU_PUBLISH_PAGE_FILES_H
#define LONGTU_PUBLISH_PAGE_FILES_H

#include <stddef.h>

typedef struct {
    const char *name;
    const unsigned char *at;
    size_t len;
} PageFile;

enum { /* indexes, in the order of CMakeLists.txt */
       PAGE_STYLE,
       PAGE_EXTRACTION_STYLE,
       PAGE_EXTRACTION_SCRIPT,
       PAGE_FINDINGS_STYLE,
       PAGE_FINDINGS_SCRIPT
};
extern const PageFile PAGE_FILES[];
extern const size_t N_PAGE_FILES;

#endif
