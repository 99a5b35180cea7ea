// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/tree.h"

#include <algorithm>

namespace cupel::formats::pickle {

namespace {

constexpr std::size_t mostRows = 2'000;
constexpr std::uint32_t deepest = 12;
constexpr std::size_t widest = 200; // children of one row

struct Job {
    Value value;
    ShownText label;
    std::uint32_t depth = 0;
};

std::string counted(std::uint64_t count, std::string_view what)
{
    return std::to_string(count) + ' ' + std::string(what) + (count == 1 ? "" : "s");
}

class TreeMaker {
public:
    TreeMaker(const Values& values, PickleFacts& facts)
        : m_values(values)
        , m_facts(facts)
    {
    }

    // With a stack of its own: objects nest as deep as they like.
    void run(Value object)
    {
        m_jobs.push_back({object, {}, 0});
        while (!m_jobs.empty()) {
            if (m_facts.tree.size() >= mostRows) {
                m_facts.treeCut = true;
                return;
            }
            const auto job = std::move(m_jobs.back());
            m_jobs.pop_back();
            row(job);
        }
    }

private:
    void row(const Job& job)
    {
        const auto* node = m_values.heap.node(job.value);
        PickleTreeRow row;
        row.depth = job.depth;
        row.text = job.label;
        row.at = node ? node->at : job.value.tag() >= Tag::BigInt ? job.value.payload() : 0;
        row.text.text += job.label.text.empty() ? "" : ": ";
        const auto label = node ? title(*node) : std::string();
        if (label.empty()) {
            append(row.text, show(m_values, job.value, {160, 80, 2, 6}));
        } else {
            row.text.text += label;
        }
        m_facts.tree.push_back(std::move(row));
        if (node && job.depth < deepest) {
            children(*node, job.depth + 1);
        } else if (node && node->total > 0) {
            m_facts.treeCut = true;
        }
    }

    // Empty: shown as a value.
    [[nodiscard]] std::string title(const Node& node) const
    {
        switch (node.kind) {
        case NodeKind::Tuple:
            return "tuple of " + counted(node.total, "element");
        case NodeKind::List:
            return "list of " + counted(node.total, "element");
        case NodeKind::Dict:
            return "dict of " + counted(node.total / 2, "item");
        case NodeKind::Set:
        case NodeKind::FrozenSet:
            return "set of " + counted(node.total, "element");
        case NodeKind::Call: {
            const auto callee = m_values.global(node.callee);
            return (callee < 0 ? std::string("a computed object")
                               : shownPath(m_values.facts.globals[static_cast<std::size_t>(callee)]))
                + "  _" + std::to_string(node.name);
        }
        default:
            return {};
        }
    }

    void children(const Node& node, std::uint32_t depth)
    {
        std::vector<Job> jobs;
        if (node.kind == NodeKind::Call) {
            for (const auto& [value, label] :
                {std::pair(node.arguments, "arguments"), std::pair(node.state, "state")}) {
                const auto* part = m_values.heap.node(value);
                if (value.tag() != Tag::Unknown && !(part && part->kind == NodeKind::Tuple && part->total == 0)) {
                    jobs.push_back({value, {label, {}}, depth});
                }
            }
        }
        const auto items = m_values.heap.items(node);
        const bool pairs = node.kind == NodeKind::Dict || node.kind == NodeKind::Call;
        if (node.kind <= NodeKind::FrozenSet || node.kind == NodeKind::Call) {
            const std::size_t step = pairs ? 2 : 1;
            const auto shown = std::min(items.size() / step, widest);
            for (std::size_t i = 0; i < shown; ++i) {
                auto label = pairs ? show(m_values, items[i * step], {80, 60, 1, 4}) : ShownText{};
                jobs.push_back({items[i * step + step - 1], std::move(label), depth});
            }
            m_facts.treeCut = m_facts.treeCut || shown * step < node.total;
        }
        std::move(jobs.rbegin(), jobs.rend(), std::back_inserter(m_jobs));
    }

    const Values& m_values;
    PickleFacts& m_facts;
    std::vector<Job> m_jobs;
};

} // namespace

void addTree(const Values& values, Value object, PickleFacts& facts)
{
    TreeMaker(values, facts).run(object);
}

} // namespace cupel::formats::pickle
