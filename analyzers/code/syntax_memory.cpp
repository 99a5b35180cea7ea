// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/syntax_memory.h"

#include <atomic>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace cupel::code {

namespace {

// Two generations: when the young one is full it becomes the old one, and what was not asked for since is let go.
struct Memory {
    using Trees = std::unordered_map<std::string, std::shared_ptr<const Syntax>>;
    std::mutex mutex;
    Trees young;
    Trees old;
    std::size_t bytes = 0; // of the young
    std::size_t most = 0; // of both
    std::atomic<bool> on = false;

    // With the lock held.
    void put(std::string text, std::shared_ptr<const Syntax> tree)
    {
        const auto cost = text.size() + tree->nodes.size() * sizeof(SyntaxNode) + 128;
        if (bytes + cost > most / 2) {
            old = std::exchange(young, {});
            bytes = 0;
        }
        if (cost <= most / 2 && young.emplace(std::move(text), std::move(tree)).second) {
            bytes += cost;
        }
    }
};

Memory& memory()
{
    static Memory one;
    return one;
}

} // namespace

void rememberSyntax(std::size_t bytes)
{
    auto& kept = memory();
    const std::lock_guard lock(kept.mutex);
    kept.most = bytes;
    kept.young.clear();
    kept.old.clear();
    kept.bytes = 0;
    kept.on = bytes > 0;
}

bool remembersSyntax()
{
    return memory().on;
}

std::shared_ptr<const Syntax> rememberedSyntax(const std::string& text, std::size_t mostNodes)
{
    auto& kept = memory();
    if (!kept.on) {
        return nullptr;
    }
    const std::lock_guard lock(kept.mutex);
    std::shared_ptr<const Syntax> tree;
    if (const auto at = kept.young.find(text); at != kept.young.end()) {
        tree = at->second;
    } else if (const auto before = kept.old.find(text); before != kept.old.end()) {
        tree = before->second;
        kept.put(text, tree);
    }
    return tree && tree->nodes.size() <= mostNodes ? tree : nullptr;
}

void keepSyntax(const std::string& text, const Syntax& syntax)
{
    auto& kept = memory();
    if (!kept.on || syntax.truncated) {
        return;
    }
    auto tree = std::make_shared<const Syntax>(syntax);
    const std::lock_guard lock(kept.mutex);
    kept.put(text, std::move(tree));
}

} // namespace cupel::code
