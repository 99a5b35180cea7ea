/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyzers/code/tree_walk.h"

#include "language.h"
#include "subtree.h"
#include "tree.h"

#include <stdlib.h>

/* A subtree whose children are being visited. */
typedef struct {
    Subtree parent;
    uint32_t next; /* child */
    uint32_t structural; /* its number among those that are no comments */
    uint32_t position; /* of its first byte */
    TSFieldId field; /* what children of a hidden node inherit */
    bool visible;
    const TSSymbol* aliases;
} Frame;

typedef struct {
    Frame* frames;
    uint32_t size;
    uint32_t capacity;
} Stack;

static bool push(
    Stack* stack, const TSLanguage* language, Subtree parent, uint32_t position, TSFieldId field, bool visible)
{
    if (stack->size == stack->capacity) {
        const uint32_t capacity = stack->capacity ? stack->capacity * 2 : 64;
        Frame* frames = realloc(stack->frames, capacity * sizeof(Frame));
        if (!frames) {
            return false;
        }
        stack->frames = frames;
        stack->capacity = capacity;
    }
    stack->frames[stack->size++] = (Frame){.parent = parent,
        .position = position,
        .field = field,
        .visible = visible,
        .aliases = ts_language_alias_sequence(language, parent.ptr->production_id)};
    return true;
}

/* The field of a child that is no comment: its own, or that of the hidden nodes around it. */
static TSFieldId fieldOf(const TSLanguage* language, const Frame* frame)
{
    const TSFieldMapEntry* entry = NULL;
    const TSFieldMapEntry* end = NULL;
    ts_language_field_map(language, frame->parent.ptr->production_id, &entry, &end);
    for (; entry < end; ++entry) {
        if (!entry->inherited && entry->child_index == frame->structural) {
            return entry->field_id;
        }
    }
    return frame->visible ? 0 : frame->field;
}

static CupelTreeNode nodeOf(const TSLanguage* language, Subtree tree, TSSymbol alias, uint32_t start, TSFieldId field)
{
    return (CupelTreeNode){.start = start,
        .end = start + ts_subtree_size(tree).bytes,
        .symbol = ts_language_public_symbol(language, alias ? alias : ts_subtree_symbol(tree)),
        .field = field,
        .named = alias ? ts_language_symbol_metadata(language, alias).named : ts_subtree_named(tree)};
}

/* Takes the next child of the frame at the top; false when there is no memory for what lies below it. */
static bool step(Stack* stack, const TSLanguage* language, const CupelTreeVisitor* visitor)
{
    Frame* frame = &stack->frames[stack->size - 1];
    const Subtree* children = ts_subtree_children(frame->parent);
    const Subtree child = children[frame->next];
    const uint32_t start = frame->position;
    const bool extra = ts_subtree_extra(child);
    const TSSymbol alias = !extra && frame->aliases ? frame->aliases[frame->structural] : 0;
    const TSFieldId field = extra ? 0 : fieldOf(language, frame);
    frame->position += ts_subtree_size(child).bytes;
    frame->structural += extra ? 0 : 1;
    if (++frame->next < frame->parent.ptr->child_count) {
        frame->position += ts_subtree_padding(children[frame->next]).bytes;
    }
    if (alias || ts_subtree_visible(child)) {
        const CupelTreeNode node = nodeOf(language, child, alias, start, field);
        visitor->open(visitor->user, &node);
        if (ts_subtree_child_count(child) == 0) {
            visitor->close(visitor->user);
        } else if (!push(stack, language, child, start, 0, true)) {
            visitor->close(visitor->user);
            return false;
        }
        return true;
    }
    return ts_subtree_visible_child_count(child) == 0 || push(stack, language, child, start, field, false);
}

bool cupelWalkTree(TSNode root, const CupelTreeVisitor* visitor)
{
    const TSLanguage* language = root.tree->language;
    const Subtree tree = *(const Subtree*)root.id;
    const uint32_t start = ts_node_start_byte(root);
    const CupelTreeNode node = nodeOf(language, tree, (TSSymbol)root.context[3], start, 0);
    Stack stack = {NULL, 0, 0};
    bool good = true;
    visitor->open(visitor->user, &node);
    if (ts_subtree_child_count(tree) > 0) {
        good = push(&stack, language, tree, start, 0, true);
    }
    while (stack.size > 0) {
        const Frame* frame = &stack.frames[stack.size - 1];
        if (good && frame->next < frame->parent.ptr->child_count) {
            good = step(&stack, language, visitor);
            continue;
        }
        /* The root is closed below. */
        if (frame->visible && stack.size > 1) {
            visitor->close(visitor->user);
        }
        --stack.size;
    }
    visitor->close(visitor->user);
    free(stack.frames);
    return good;
}
