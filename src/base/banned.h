/* Banned: functions that cannot be used safely, or that depend on the locale, do not compile. The
 * build includes this file before every source; the system headers come first, since they declare
 * the names. */
#ifndef LONGTU_BASE_BANNED_H
#define LONGTU_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atoll atof gets localtime       \
    gmtime ctime asctime

#endif
