// SPDX-License-Identifier: GPL-3.0-or-later
// Models of LightGBM as text: a header, trees of "name=values" lines, the parameters. What counts say is held against
// what stands there, and lines that are none of these are told: readers pass over them.
#include "analyzers/base/budget.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/members.h"
#include "analyzers/formats/transcode.h"
#include "analyzers/formats/tree_field.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

namespace cupel::formats::lightgbm {

namespace {

std::optional<std::uint64_t> numberIn(ByteView text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::uint64_t wordsIn(ByteView text)
{
    std::uint64_t count = 0;
    bool inside = false;
    for (const char c : text) {
        count += c != ' ' && !inside ? 1 : 0;
        inside = c != ' ';
    }
    return count;
}

// What a tree says. Lines of the header are shown, whatever they are called.
constexpr std::array<std::string_view, 24> treeNames{"Tree", "num_leaves", "num_cat", "split_feature", "split_gain",
    "threshold", "decision_type", "left_child", "right_child", "leaf_parent", "leaf_value", "leaf_weight", "leaf_count",
    "internal_value", "internal_weight", "internal_count", "cat_boundaries", "cat_threshold", "is_linear", "leaf_const",
    "num_features", "leaf_features", "leaf_coeff", "shrinkage"};

bool isName(ByteView text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

// "Column_0=4", "x = y=1.5e3"
bool isImportance(ByteView text)
{
    const auto sign = text.rfind('=');
    return sign != ByteView::npos && sign > 0 && sign + 1 < text.size()
        && text.find_first_not_of("0123456789.eE+-infa", sign + 1) == ByteView::npos;
}

class Reader {
public:
    Reader(ByteView text, Budget& budget, Facts& out)
        : m_text(text)
        , m_out(out)
        , m_budget(budget)
        , m_model(std::make_shared<ModelContent>())
    {
        m_model->kind = "LightGBM model";
        out.model = m_model;
    }

    bool run(std::uint64_t at)
    {
        while (at < m_text.size()) {
            auto end = m_text.find('\n', at);
            end = end == ByteView::npos ? m_text.size() : end;
            if (!m_budget.spend(end - at + 1)) {
                return false;
            }
            const ByteRange place{at, end > at && m_text[end - 1] == '\r' ? end - 1 : end};
            line(place);
            if (!isPartOfIt(slice(m_text, place))) {
                stray({at, std::min<std::uint64_t>(end + 1, m_text.size())});
            }
            at = end + 1;
        }
        tellStray();
        endTree(m_text.size());
        endTrees();
        if (!m_endSaid || (m_parameters && !m_parametersEnd)) {
            flaw({0, std::min<std::uint64_t>(m_text.size(), 4)},
                m_endSaid ? "it ends inside its parameters" : "it ends before its trees do");
            m_cut = true;
        }
        return true;
    }
    [[nodiscard]] bool isCut() const { return m_cut; }

private:
    void flaw(ByteRange place, std::string detail) { m_model->addFlaw("lightgbm-broken", place, std::move(detail)); }

    // Of a line that was read.
    [[nodiscard]] bool isPartOfIt(ByteView text) const
    {
        const auto name = text.substr(0, text.find('='));
        const bool says = name.size() < text.size();
        if (text.empty() || text == "end of trees" || text == "feature importances:"
            || text == "feature_importances:") {
            return true;
        }
        if (!m_ended) {
            return m_trees == 0 ? text == "tree" || text == "average_output" || (says && isName(name))
                                : says && std::find(treeNames.begin(), treeNames.end(), name) != treeNames.end();
        }
        if (m_parameters && !m_parametersEnd) {
            return text == "parameters:" || (text.starts_with('[') && text.ends_with(']'));
        }
        return text == "end of parameters" || text.starts_with("pandas_categorical:")
            || (!m_parameters && isImportance(text));
    }

    // With its end of line; lines that follow each other are one place.
    void stray(ByteRange place)
    {
        if (m_stray.end == place.start && !m_stray.empty()) {
            m_stray.end = place.end;
            return;
        }
        tellStray();
        m_stray = place;
    }

    void tellStray()
    {
        if (!m_stray.empty()) {
            const auto bytes = m_out.toFile(m_stray);
            const bool end = m_stray.end == m_text.size();
            m_model->addLeftover(end ? "model-trailing" : "model-gap", bytes);
            if (end) {
                noteIncomplete(m_out, "trailing-bytes",
                    counted(bytes.size(), "byte belongs", "bytes belong") + " to no part of the model", bytes.start);
                m_out.coverage.understood = bytes.start;
            }
        }
        m_stray = {};
    }

    void line(ByteRange place)
    {
        const auto text = slice(m_text, place);
        // Before version 3 the importances follow the trees at once.
        if (text == "end of trees" || text == "feature importances:" || text == "feature_importances:") {
            m_endSaid = true;
            endTree(place.start);
            endTrees();
            return;
        }
        m_parameters = m_parameters || (m_ended && text == "parameters:");
        m_parametersEnd = m_parametersEnd || text == "end of parameters";
        const auto sign = text.find('=');
        if (sign == ByteView::npos || m_ended) {
            return;
        }
        const auto name = text.substr(0, sign);
        const auto value = text.substr(sign + 1);
        const ByteRange inside{place.start + sign + 1, place.end};
        if (name == "Tree") {
            endTree(place.start);
            ++m_trees;
            m_tree = place.start;
            m_leaves.reset();
            m_firstTree = m_trees == 1 ? place.start : m_firstTree;
        } else if (m_trees > 0) {
            treeLine(name, value, inside);
        } else {
            headerLine(name, value, inside);
        }
    }

    void headerLine(ByteView name, ByteView value, ByteRange place)
    {
        if (m_model->metadata.size() < ModelContent::mostFields) {
            m_model->metadata.push_back({toDisplay(name, 200), toDisplay(value, ModelContent::longestValue), place});
        }
        if (name == "max_feature_idx") {
            m_features = number(value, place);
            // Every feature has a name of a byte and a space in the header.
            if (m_features && *m_features >= m_text.size()) {
                flaw(place, "it has more features than bytes");
                m_features.reset();
            }
        } else if (name == "feature_names" && m_features && wordsIn(value) != *m_features + 1) {
            flaw(place, "features have more or fewer names than there are features");
        } else if (name == "num_class" || name == "num_tree_per_iteration") {
            const auto count = number(value, place);
            if (count && *count > m_text.size()) {
                flaw(place, "it has more classes than bytes");
            }
        } else if (name == "tree_sizes") {
            sizes(value, place);
        }
    }

    std::optional<std::uint64_t> number(ByteView value, ByteRange place)
    {
        const auto out = numberIn(value);
        if (!out) {
            flaw(place, "a count is none");
        }
        return out;
    }

    void sizes(ByteView value, ByteRange place)
    {
        m_sizes = place;
        std::uint64_t sum = 0;
        while (!value.empty()) {
            const auto end = std::min(value.find(' '), value.size());
            const auto word = value.substr(0, end);
            value.remove_prefix(std::min(end + 1, value.size()));
            if (word.empty()) {
                continue;
            }
            const auto size = numberIn(word);
            if (!size || *size > m_text.size()) {
                flaw(place, "the size of a tree cannot be");
                m_sizes = {};
                return;
            }
            ++m_sizeCount;
            sum += *size;
        }
        m_sizeSum = sum;
    }

    void treeLine(ByteView name, ByteView value, ByteRange place)
    {
        if (name == "num_leaves") {
            m_leaves = number(value, place);
            if (m_leaves && *m_leaves > m_text.size()) {
                flaw(place, "a tree has more leaves than there are bytes");
                m_leaves.reset();
            }
        } else if (name == "num_cat") {
            const auto count = number(value, place);
            if (count && *count > m_text.size()) {
                flaw(place, "a tree has more categories than there are bytes");
            }
        } else if (m_leaves && name == "leaf_value" && wordsIn(value) != *m_leaves) {
            flaw(place, "a tree has more or fewer leaves than it says");
        } else if (m_leaves && (name == "left_child" || name == "right_child")) {
            children(value, place);
        }
    }

    // Inner nodes count from 0 up, leaves from -1 down.
    void children(ByteView value, ByteRange place)
    {
        const auto leaves = static_cast<std::int64_t>(*m_leaves);
        if (wordsIn(value) != static_cast<std::uint64_t>(std::max<std::int64_t>(leaves - 1, 0))) {
            flaw(place, "a tree has more or fewer nodes than it says");
        }
        while (!value.empty()) {
            const auto end = std::min(value.find(' '), value.size());
            const auto word = value.substr(0, end);
            value.remove_prefix(std::min(end + 1, value.size()));
            std::int64_t child = 0;
            const auto [last, error] = std::from_chars(word.data(), word.data() + word.size(), child);
            const bool read = error == std::errc() && last == word.data() + word.size();
            if (!word.empty() && (!read || child >= leaves - 1 || child < -leaves)) {
                flaw(place, "a node of a tree leads out of it");
                return;
            }
        }
    }

    // From its line on; a tree of L leaves has 2L - 1 nodes.
    void endTree(std::uint64_t end)
    {
        if (m_trees > 0 && !m_ended) {
            const bool known = m_leaves && *m_leaves > 0;
            addTree(
                *m_model, m_text, m_trees - 1, known ? std::optional(2 * *m_leaves - 1) : std::nullopt, {m_tree, end});
        }
    }

    void endTrees()
    {
        if (m_ended) {
            return;
        }
        m_ended = true;
        m_model->metadata.push_back({"trees", std::to_string(m_trees), {}});
        if (m_sizes.empty()) {
            return;
        }
        if (m_sizeCount != m_trees) {
            flaw(m_sizes,
                "it lists " + std::to_string(m_sizeCount) + " sizes for " + std::to_string(m_trees) + " trees");
        } else if (m_trees > 0 && m_sizeSum > m_text.size() - m_firstTree) {
            flaw(m_sizes, "its trees are larger than the file");
        }
    }

    ByteView m_text;
    Facts& m_out;
    Budget& m_budget;
    std::shared_ptr<ModelContent> m_model;
    std::optional<std::uint64_t> m_features; // the largest index
    std::optional<std::uint64_t> m_leaves; // of the tree that is read
    ByteRange m_stray; // that no line of a model is, up to here
    ByteRange m_sizes;
    std::uint64_t m_sizeCount = 0;
    std::uint64_t m_sizeSum = 0;
    std::uint64_t m_trees = 0;
    std::uint64_t m_tree = 0; // where the last one begins
    std::uint64_t m_firstTree = 0;
    bool m_ended = false;
    bool m_endSaid = false; // by a line
    bool m_parameters = false;
    bool m_parametersEnd = false;
    bool m_cut = false;
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return head.starts_with("tree\nversion=v") || head.starts_with("tree\r\nversion=v") ? 60 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    Region region;
    region.bytes.start = openText(artifact, out);
    region.bytes.end = out.text(artifact).size();
    region.part = Part::Source;
    out.regions.push_back(region);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    Reader reader(out.text(artifact), budget, out);
    if (!reader.run(region.bytes.start)) {
        out.status = ReadStatus::Partial;
    } else if (reader.isCut()) {
        noteIncomplete(
            out, "lightgbm-truncated", "The model is cut off; what is missing was not checked", artifact.view().size());
    }
}

} // namespace cupel::formats::lightgbm
