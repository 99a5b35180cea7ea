// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks of marimo: each cell is a function whose parameters are names that other cells return. They are no
// parameters that somebody hands over, but names of the notebook, and cells run in the order of what they need,
// wherever they stand.
#include "analyzers/code/flow.h"

#include <algorithm>

namespace cupel::code {

namespace {

std::string_view textIn(const FlowUnit& unit, std::uint32_t node)
{
    return slice(unit.source, (*unit.syntax)[node].bytes());
}

bool isCellDecorator(std::string_view text)
{
    text = text.substr(0, text.find('('));
    const auto last = text.find_last_not_of(" \t");
    return last != std::string_view::npos && text.substr(0, last + 1) == "@app.cell";
}

// The function of a cell of marimo in the unit; none: there is no such cell.
std::uint32_t cellFunction(const FlowUnit& unit)
{
    if (!unit.syntax || unit.source.find("@app.cell") == std::string_view::npos) {
        return Syntax::none;
    }
    for (std::uint32_t node = 1; node < unit.syntax->size(); node = (*unit.syntax)[node].stop) {
        if ((*unit.syntax)[node].kind == NodeKind::DecoratedDefinition) {
            for (const auto child : Children(*unit.syntax, node)) {
                if ((*unit.syntax)[child].kind == NodeKind::FunctionDefinition) {
                    return child;
                }
            }
        }
    }
    return Syntax::none;
}

// Units in an order in which each stands behind those that give what it needs.
class Order {
public:
    explicit Order(const std::vector<FlowUnit>& units)
        : m_units(units)
        , m_functions(units.size(), Syntax::none)
        , m_state(units.size(), State::Fresh)
    {
        for (std::uint32_t i = 0; i < units.size(); ++i) {
            m_functions[i] = cellFunction(units[i]);
            if (m_functions[i] != Syntax::none) {
                m_any = true;
                readReturned(i);
            }
        }
    }

    std::vector<std::uint32_t> run() &&
    {
        for (std::uint32_t i = 0; i < m_units.size(); ++i) {
            if (m_any) {
                visit(i);
            } else {
                m_order.push_back(i);
            }
        }
        return std::move(m_order);
    }

private:
    enum class State : std::uint8_t { Fresh, Open, Done };

    void readReturned(std::uint32_t unit)
    {
        const auto& tree = *m_units[unit].syntax;
        const auto function = m_functions[unit];
        for (auto node = function; node < tree[function].stop && node < tree.size(); ++node) {
            if (tree[node].kind != NodeKind::Return) {
                continue;
            }
            for (auto inner = node + 1; inner < tree[node].stop; ++inner) {
                if (tree[inner].kind == NodeKind::Identifier) {
                    m_givers.try_emplace(textIn(m_units[unit], inner), unit);
                }
            }
        }
    }

    [[nodiscard]] std::vector<std::uint32_t> needs(std::uint32_t unit) const
    {
        std::vector<std::uint32_t> out;
        if (m_functions[unit] == Syntax::none) {
            return out;
        }
        const auto& tree = *m_units[unit].syntax;
        const auto parameters = tree.child(m_functions[unit], NodeField::Parameters);
        for (const auto child : Children(tree, parameters)) {
            const auto giver = m_givers.find(textIn(m_units[unit], child));
            if (giver != m_givers.end() && giver->second != unit) {
                out.push_back(giver->second);
            }
        }
        return out;
    }

    void visit(std::uint32_t first)
    {
        std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> open;
        const auto enter = [&](std::uint32_t unit) {
            if (m_state[unit] == State::Fresh) {
                m_state[unit] = State::Open; // whoever needs itself in a circle does not wait for itself
                open.emplace_back(unit, needs(unit));
                std::reverse(open.back().second.begin(), open.back().second.end());
            }
        };
        enter(first);
        while (!open.empty()) {
            if (open.back().second.empty()) {
                m_state[open.back().first] = State::Done;
                m_order.push_back(open.back().first);
                open.pop_back();
                continue;
            }
            const auto next = open.back().second.back();
            open.back().second.pop_back();
            enter(next);
        }
    }

    const std::vector<FlowUnit>& m_units;
    std::vector<std::uint32_t> m_functions;
    std::vector<State> m_state;
    std::unordered_map<std::string_view, std::uint32_t> m_givers;
    std::vector<std::uint32_t> m_order;
    bool m_any = false;
};

} // namespace

std::vector<std::uint32_t> Flow::unitOrder() const
{
    return Order(m_units).run();
}

bool Flow::isNotebookCell(std::uint32_t function) const
{
    const auto names = decorators(function);
    return std::any_of(names.begin(), names.end(), isCellDecorator);
}

} // namespace cupel::code
