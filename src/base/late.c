/* Late: functions of libraries that few runs of the program need, found when they are called. */
#include "base/late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

void *late_find(const char *library, const char *function)
{
    void *loaded = dlopen(library, RTLD_LAZY | RTLD_LOCAL); /* once; after that it is found again */
    void *at = loaded == NULL ? NULL : dlsym(loaded, function);

    if (at == NULL) {
        (void)fprintf(stderr, "longtu: %s\n", dlerror());
        exit(4);
    }
    return at;
}
