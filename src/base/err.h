/* Err: how a call ended. The values are also what main turns into the exit status. */
#ifndef LONGTU_BASE_ERR_H
#define LONGTU_BASE_ERR_H

typedef enum {
    OK = 0,
    ERR_FOUND,    /* done, and what was asked to be reported as failure was found: exit status 1 */
    ERR_USAGE,    /* the command line is wrong: exit status 2 */
    ERR_INPUT,    /* an input cannot be read or is not valid: exit status 3 */
    ERR_RESOURCE, /* the store, the disk or the memory failed: exit status 4 */
} Err;

#endif
