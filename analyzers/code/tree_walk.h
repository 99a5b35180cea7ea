/* SPDX-License-Identifier: GPL-3.0-or-later
 * All nodes of a tree in one pass, front to back. Says what a TSTreeCursor would say of each; a cursor looks for the
 * alias, the field and the next sibling of every node anew, which costs three times as much. C, because it reads the
 * subtrees themselves: core and grammar are fetched by version and hash, and unit_tree_walk compares with the cursor.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <tree_sitter/api.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    uint32_t start; /* bytes */
    uint32_t end;
    TSSymbol symbol; /* public */
    TSFieldId field; /* 0: none */
    bool named;
} CupelTreeNode;

typedef struct {
    void* user;
    void (*open)(void* user, const CupelTreeNode* node); /* what follows until its close() lies below it */
    void (*close)(void* user);
} CupelTreeVisitor;

/* False: no memory; every open() had its close() also then. */
bool cupelWalkTree(TSNode root, const CupelTreeVisitor* visitor);

#ifdef __cplusplus
}
#endif
