/* Load: plans and dictionaries from files, folders or what is built in; the store by its address.
 */
#ifndef LONGTU_MAIN_LOAD_H
#define LONGTU_MAIN_LOAD_H

#include "evaluate/evaluate.h"
#include "extract/extract.h"
#include "main/command.h"

typedef struct {
    Catalog *catalog;
    Plan *plans;
    size_t n_plans, n_first; /* n_first: of load_unchecked, those of the first paths */
    bool built_in;           /* the dictionary is the program's own */
} Loaded;

/* Reads the plans of the paths (plan files, or folders of them) with the dictionaries that they
 * use, that stand beside them in a folder, and that --pack names; the built-in one where none of
 * these gives any. Checks the plans against them. With no path, only the dictionary. */
Err load(Context *context, const Str *paths, size_t n_paths, Loaded *out);

/* The same without checking the plans against the dictionaries: for `check`, which reports that.
 * Plans come in the order of the paths; it is counted how many come from the first ones. */
Err load_unchecked(Context *context, const Str *paths, size_t n_paths, size_t n_first_paths,
                   Loaded *out);

/* For an editor, where files are seldom whole: what cannot be read is reported and left out, and
 * the rest is loaded; no plan is needed. ERR_INPUT: the catalog is not finished, and names can be
 * looked up in it, but nothing can be checked against it. */
Err load_lenient(Context *context, const Str *paths, size_t n_paths, Loaded *out);

/* Whether a file is a plan or a dictionary, by its keys. Reports LT1012. */
Err load_kind(const YamlDoc *doc, bool *is_plan, Diags *diags);

/* Whether the path is a plan file or a folder of them; else it is a document. */
bool is_plan_path(Arena *arena, Str path);

/* Reads a document and extracts its plans; all of it lives in the context's arena. Each plan has
 * the document as its file, with the lines that places count. */
Err load_document(Context *context, const Lexicon *lexicon, Str path, Extract *out);

/* The area of a plan for checks: its own, or, where no dictionary has that, its first member or
 * else the whole country. */
Str load_area(const Catalog *catalog, const Plan *plan);

/* The store that --store, $LONGTU_STORE or the default names. */
Err load_store(Context *context, StoreMode mode, Store **out);

/* --as-of, --known-at, --estimates where the command has them. */
Err load_asking(Context *context, Asking *out);

/* A dictionary built into the program, as yaml_freeze wrote it. */
typedef struct {
    const char *name;            /* path within the project */
    const char *frozen, *behind; /* from, and the end */
} Embedded;
extern const Embedded EMBEDDED[];
extern const size_t N_EMBEDDED;

#endif
