// SPDX-License-Identifier: GPL-3.0-or-later
// Statements: what gets which value, which blocks are open, what is shown.
#include "analyzers/code/jinja_fold.h"

#include "analyzers/code/jinja_follower.h"
#include "analyzers/code/jinja_texts.h"

#include <algorithm>

namespace cupel::code {

namespace {

constexpr std::size_t mostNames = 5'000;
constexpr std::size_t mostOpen = 200;
constexpr std::size_t longestCapture = 4'096;

std::uint64_t product(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? ~std::uint64_t{0} : out;
}

} // namespace

void foldJinja(ByteView text, const JinjaTree& tree, Budget& budget, JinjaListener& listener)
{
    JinjaFollower(text, tree, budget, listener).run();
}

void JinjaFollower::run()
{
    for (const auto& one : m_tree.statements) {
        if (!m_budget.spend(64)) {
            return;
        }
        statement(one);
    }
}

const JinjaValue& JinjaFollower::valueOf(std::uint32_t node) const
{
    static const JinjaValue nothing;
    const auto index = node - m_firstNode;
    return index < m_values.size() && m_values[index] ? *m_values[index] : nothing;
}

// What lies so far below the node that nobody asks for it again: a call looks at the base of the method it calls. So
// values take no more room than expressions are wide, and each is forgotten once.
void JinjaFollower::forget(const JinjaNode& node)
{
    const auto below = [this](const JinjaNode& parent, const auto& take) {
        for (std::uint32_t i = 0; i < parent.childCount; ++i) {
            const auto at = m_tree.children[parent.firstChild + i];
            if (at >= m_firstNode) {
                take(at);
            }
        }
    };
    below(node, [&](std::uint32_t first) {
        below(m_tree.nodes[first], [&](std::uint32_t second) {
            below(m_tree.nodes[second], [&](std::uint32_t third) {
                if (third - m_firstNode < m_values.size()) {
                    m_values[third - m_firstNode].reset();
                }
            });
        });
    });
}

void JinjaFollower::statement(const JinjaStatement& one)
{
    m_firstNode = one.firstNode;
    m_values.clear();
    for (auto node = one.firstNode; node < one.endNode; ++node) {
        m_values.push_back(std::make_unique<JinjaValue>(evaluate(m_tree.nodes[node])));
        forget(m_tree.nodes[node]);
    }
    if (one.kind == JinjaStatement::Kind::Data) {
        show(slice(m_text, one.range), one.range, false);
        return;
    }
    if (one.kind == JinjaStatement::Kind::Output) {
        for (const auto node : one.values) {
            const auto& value = valueOf(node);
            for (const auto& text : value.texts) {
                show(text, one.range, !value.exact);
            }
            if (value.texts.empty()) {
                show(jinjaUnknown, one.range, true);
            }
        }
    } else {
        tag(one);
    }
    std::string shown;
    for (const auto node : one.values) {
        shown += (shown.empty() ? "" : ", ") + valueOf(node).shown;
    }
    m_listener.done(one, shown);
}

std::string JinjaFollower::trigger() const
{
    for (const auto& block : m_open) {
        if (!block.trigger.empty()) {
            return block.trigger;
        }
    }
    return {};
}

void JinjaFollower::show(std::string_view text, ByteRange range, bool unknown)
{
    for (auto& block : m_open) {
        if (block.captures && block.captured.size() < longestCapture) {
            block.captured += text.substr(0, longestCapture);
        }
    }
    if (!unknown || text != jinjaUnknown) {
        m_listener.literal(text, range, trigger());
    }
}

void JinjaFollower::tag(const JinjaStatement& one)
{
    m_listener.tag(one);
    if (one.tag == "set" && !one.opens) {
        assign(one);
    } else if (one.tag == "with") {
        for (std::size_t i = 0; i < one.targets.size() && i < one.values.size(); ++i) {
            put(one.targets[i], valueOf(one.values[i]));
            assignMembers(one.targets[i], one.values[i]);
        }
        open(one);
    } else if (one.tag == "elif" || one.tag == "else") {
        if (!m_open.empty() && m_open.back().tag == "if" && !one.values.empty() && m_open.back().trigger.empty()) {
            m_open.back().trigger = valueOf(one.values.front()).trigger;
        }
    } else if (one.tag.starts_with("end")) {
        close(std::string_view(one.tag).substr(3));
    } else if (one.tag == "if" || one.tag == "for" || one.tag == "block" || one.opens) {
        open(one);
    }
}

void JinjaFollower::open(const JinjaStatement& one)
{
    if (m_open.size() >= mostOpen) {
        return;
    }
    Open block;
    block.tag = one.tag;
    if (one.tag == "if" && !one.values.empty()) {
        block.trigger = valueOf(one.values.front()).trigger;
    } else if (one.tag == "set" || one.tag == "macro") {
        block.captures = true;
        block.target = one.targets.empty() ? std::string() : one.targets.front() + (one.tag == "macro" ? "()" : "");
    }
    if (one.tag == "macro" || one.tag == "call") {
        for (std::size_t i = one.tag == "macro" ? 1 : 0; i < one.targets.size(); ++i) {
            JinjaValue parameter;
            parameter.shown = one.targets[i];
            parameter.key = one.targets[i];
            put(one.targets[i], std::move(parameter));
        }
    }
    m_open.push_back(std::move(block));
    if (one.tag == "for") {
        loop(one);
    }
}

void JinjaFollower::loop(const JinjaStatement& one)
{
    const auto& over = one.values.empty() ? JinjaValue{} : valueOf(one.values.front());
    if (over.number && *over.number >= 0 && over.root == "range()") {
        m_open.back().times = static_cast<std::uint64_t>(*over.number);
        std::uint64_t times = 1;
        for (const auto& block : m_open) {
            times = product(times, block.times);
        }
        m_listener.repeats(times, one.range);
    }
    for (const auto& target : one.targets) {
        JinjaValue value;
        value.shown = target;
        value.key = target;
        value.root = over.root == "range()" ? std::string() : over.root;
        value.content = over.content;
        value.texts = over.items;
        value.exact = !over.items.empty();
        m_known.erase(target); // another thing in every loop
        put(target, std::move(value));
    }
}

// Closes what was opened by this tag, and all that was left open in it.
void JinjaFollower::close(std::string_view tag)
{
    const auto found =
        std::find_if(m_open.rbegin(), m_open.rend(), [tag](const Open& block) { return block.tag == tag; });
    if (found == m_open.rend()) {
        return;
    }
    auto block = std::move(*found);
    m_open.erase(found.base() - 1, m_open.end());
    if (block.captures && !block.target.empty()) {
        JinjaValue value;
        value.exact = block.captured.find(jinjaUnknown) == std::string::npos;
        value.shown = shownText(block.captured);
        value.texts.push_back(std::move(block.captured));
        put(block.target, std::move(value));
    }
}

void JinjaFollower::put(const std::string& target, JinjaValue value)
{
    const auto known = m_known.find(target);
    if (known != m_known.end()) {
        // Which of the assignments counts is known at run time only.
        const auto before = std::move(known->second);
        known->second = std::move(value);
        addAlternatives(known->second, before);
    } else if (m_known.size() < mostNames && !target.empty()) {
        m_known.emplace(target, std::move(value));
    }
}

void JinjaFollower::assign(const JinjaStatement& one)
{
    if (one.values.empty()) {
        return;
    }
    const auto node = one.values.front();
    const auto& tree = m_tree.nodes[node];
    if (one.targets.size() > 1 && tree.kind == JinjaNode::Kind::List) {
        for (std::uint32_t i = 0; i < one.targets.size() && i < tree.childCount; ++i) {
            put(one.targets[i], valueOf(m_tree.children[tree.firstChild + i]));
        }
        return;
    }
    for (const auto& target : one.targets) {
        put(target, valueOf(node));
        assignMembers(target, node);
    }
    // A text that is kept for later is shown later.
    const auto& value = valueOf(node);
    for (const auto& text : value.texts) {
        m_listener.literal(text, one.range, trigger());
    }
}

// {'a': 'b'} and namespace(a='b') are known by their members.
void JinjaFollower::assignMembers(const std::string& target, std::uint32_t node)
{
    const auto& tree = m_tree.nodes[node];
    for (std::uint32_t i = 0; i < tree.childCount; ++i) {
        const auto& part = m_tree.nodes[m_tree.children[tree.firstChild + i]];
        if (part.kind == JinjaNode::Kind::Keyword) {
            put(target + "." + part.text, valueOf(m_tree.children[part.firstChild]));
        } else if (part.kind == JinjaNode::Kind::Pair) {
            for (const auto& key : valueOf(m_tree.children[part.firstChild]).texts) {
                put(target + "." + key, valueOf(m_tree.children[part.firstChild + 1]));
            }
        }
    }
}

} // namespace cupel::code
