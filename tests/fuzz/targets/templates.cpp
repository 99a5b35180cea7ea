// SPDX-License-Identifier: GPL-3.0-or-later
// Jinja tokens go through the text in order; children stand before their parents; what is told of a template lies
// inside of it.
#include "analyzers/code/jinja_fold.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

namespace {

class Watcher : public code::JinjaListener {
public:
    explicit Watcher(std::uint64_t size)
        : m_size(size)
    {
    }
    void access(const code::JinjaAccess& access) override
    {
        inside(access.range);
        fuzz::must(access.base && access.names && access.base->shown.size() <= 400, "what is shown is short");
        for (const auto& name : *access.names) {
            fuzz::must(name.size() <= 8'192 || name.size() <= m_size, "texts do not grow without end");
        }
    }
    void call(const std::string& /*name*/, bool /*method*/, ByteRange range) override { inside(range); }
    void name(const std::string& /*name*/, ByteRange range) override { inside(range); }
    void word(const std::string& /*text*/, ByteRange range) override { inside(range); }
    void repeats(std::uint64_t /*times*/, ByteRange range) override { inside(range); }
    void literal(std::string_view text, ByteRange range, const std::string& /*trigger*/) override
    {
        inside(range);
        fuzz::must(text.size() <= 8'192 || text.size() <= m_size, "texts do not grow without end");
    }
    void tag(const code::JinjaStatement& statement) override { inside(statement.range); }
    void done(const code::JinjaStatement& statement, const std::string& shown) override
    {
        inside(statement.range);
        fuzz::must(shown.size() <= 400 * (statement.values.size() + 1), "what is shown is short");
    }

private:
    void inside(ByteRange range) const
    {
        fuzz::must(range.start <= range.end && range.end <= m_size, "places lie inside the template");
    }
    std::uint64_t m_size;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    Budget budget(fuzz::smallLimits());
    const auto tree = code::parseJinja(text, budget);
    std::uint64_t at = 0;
    for (const auto& token : tree.tokens) {
        fuzz::must(token.range.start >= at && token.range.end <= size && !token.range.empty(), "tokens are in order");
        at = token.range.end;
    }
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        const auto& node = tree.nodes[i];
        fuzz::must(node.range.start <= node.range.end && node.range.end <= size, "nodes lie inside the template");
        for (std::uint32_t child = 0; child < node.childCount; ++child) {
            fuzz::must(tree.children.at(node.firstChild + child) < i, "children stand before their parents");
        }
    }
    std::uint32_t next = 0;
    for (const auto& statement : tree.statements) {
        fuzz::must(statement.firstNode == next && statement.endNode >= next, "statements own their nodes in order");
        next = statement.endNode;
    }
    Watcher watcher(size);
    code::foldJinja(text, tree, budget, watcher);
    return 0;
}
