/* Late: functions of libraries that few runs of the program need, found when they are called. What
 * is linked is loaded at each start: libzip, libxml2 and libxlsxwriter bring ICU, OpenSSL and the
 * C++ library along, which took longer than all that a small command does itself. */
#ifndef LONGTU_BASE_LATE_H
#define LONGTU_BASE_LATE_H

#include <string.h>

/* The address of the function; the process ends with status 4 where the library is not installed.
 * Looking up again takes about a microsecond. */
void *late_find(const char *library, const char *function);

/* Defines `name` with the prototype that the library's header declares. A function that is not
 * listed so does not link. */
#define LATE(library, result, name, parameters, arguments)                                         \
    result name parameters                                                                         \
    {                                                                                              \
        LATE_FUNCTION(library, result, name, parameters);                                          \
        return function arguments;                                                                 \
    }
#define LATE_VOID(library, name, parameters, arguments)                                            \
    void name parameters                                                                           \
    {                                                                                              \
        LATE_FUNCTION(library, void, name, parameters);                                            \
        function arguments;                                                                        \
    }
#define LATE_FUNCTION(library, result, name, parameters)                                           \
    result(*function) parameters;                                                                  \
    void *address = late_find(library, #name);                                                     \
    memcpy(&function, &address, sizeof function)

#endif
