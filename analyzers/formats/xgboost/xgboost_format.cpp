// SPDX-License-Identifier: GPL-3.0-or-later
// Models of XGBoost as JSON, and the binary form of before 2.1 (xgboost_binary): what they are, how many trees over how
// many features, and whether trees and counts agree with each other. UBJSON has a reader of its own.
#include "analyzers/formats/xgboost/xgboost_binary.h"

#include "analyzers/base/json_outline.h"
#include "analyzers/base/json_values.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/json_rest.h"
#include "analyzers/formats/members.h"
#include "analyzers/formats/transcode.h"
#include "analyzers/formats/tree_field.h"

#include <charconv>
#include <initializer_list>
#include <memory>
#include <optional>
#include <vector>

namespace cupel::formats::xgboost {

namespace {

constexpr std::string_view spaces = " \t\r\n";

// "{ "learner" : {", as it begins.
bool beginsAsModel(ByteView head)
{
    const auto expect = [&head](std::string_view word) {
        const auto start = head.find_first_not_of(spaces);
        if (start == ByteView::npos || !head.substr(start).starts_with(word)) {
            return false;
        }
        head.remove_prefix(start + word.size());
        return true;
    };
    return expect("{") && expect("\"learner\"") && expect(":") && expect("{");
}

class Reader {
public:
    Reader(ByteView text, std::uint64_t start, Budget& budget, ModelContent& model)
        : m_text(text)
        , m_budget(budget)
        , m_model(model)
        , m_json(JsonOutline::parse(text, budget, {start, 6, 256, 1'000'000}))
    {
    }

    [[nodiscard]] const JsonOutline& json() const { return m_json; }

    void run()
    {
        if (m_json.empty()) {
            return;
        }
        const auto learner = m_json.member(m_text, 0, "learner");
        if (!learner) {
            return;
        }
        version();
        words(at(*learner, {"objective"}), "name", "objective");
        const auto parameters = at(*learner, {"learner_model_param"});
        words(parameters, "num_feature", "features");
        words(parameters, "num_class", "classes");
        words(parameters, "base_score", "base_score");
        auto booster = at(*learner, {"gradient_booster"});
        words(booster, "name", "booster");
        if (const auto inner = booster ? m_json.member(m_text, *booster, "gbtree") : std::nullopt) {
            booster = inner; // dart
        }
        if (const auto model = booster ? m_json.member(m_text, *booster, "model") : std::nullopt) {
            trees(*model);
        }
        attributes(at(*learner, {"attributes"}));
    }

private:
    using Node = std::optional<std::uint32_t>;

    [[nodiscard]] Node at(std::uint32_t node, std::initializer_list<std::string_view> path) const
    {
        Node out = node;
        for (const auto key : path) {
            out = out ? m_json.member(m_text, *out, key) : std::nullopt;
        }
        return out;
    }

    [[nodiscard]] std::string valueOf(std::uint32_t node) const
    {
        return m_json.nodes()[node].type == JsonType::String
            ? m_json.string(m_text, node, ModelContent::longestValue)
            : std::string(slice(m_text, m_json.nodes()[node].value).substr(0, ModelContent::longestValue));
    }

    void field(std::string key, const std::string& value, ByteRange place)
    {
        if (m_model.metadata.size() < ModelContent::mostFields) {
            m_model.metadata.push_back({std::move(key), toDisplay(value, ModelContent::longestValue), place});
        }
    }

    void words(const Node& object, std::string_view key, std::string shown)
    {
        if (const auto node = object ? m_json.member(m_text, *object, key) : std::nullopt) {
            field(std::move(shown), valueOf(*node), m_json.nodes()[*node].value);
        }
    }

    void version()
    {
        const auto node = m_json.member(m_text, 0, "version");
        if (!node) {
            return;
        }
        std::vector<std::uint64_t> numbers;
        constexpr std::size_t most = 8;
        if (!jsonCounts(m_text, m_json.nodes()[*node].value, most, numbers)) {
            return;
        }
        std::string out;
        for (const auto one : numbers) {
            out += (out.empty() ? "" : ".") + std::to_string(one);
        }
        field("version", out, m_json.nodes()[*node].value);
    }

    void attributes(const Node& object)
    {
        for (auto child = object ? m_json.nodes()[*object].firstChild : 0; child != 0 && m_budget.spend(64);
            child = m_json.nodes()[child].nextSibling) {
            field(toDisplay(jsonKey(m_text, m_json.nodes()[child], 200), 200), valueOf(child),
                m_json.nodes()[child].value);
        }
    }

    // Numbers are texts in this format.
    [[nodiscard]] std::optional<std::uint64_t> number(const Node& object, std::string_view key) const
    {
        const auto node = object ? m_json.member(m_text, *object, key) : std::nullopt;
        if (!node) {
            return std::nullopt;
        }
        const auto text = valueOf(*node);
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
    }

    void flaw(std::string_view code, ByteRange place, std::string detail)
    {
        m_model.addFlaw(code, {place.start, std::min(place.end, place.start + 16)}, std::move(detail));
    }

    void trees(std::uint32_t model)
    {
        const auto list = m_json.member(m_text, model, "trees");
        const auto parameters = m_json.member(m_text, model, "gbtree_model_param");
        if (!list) {
            return; // a linear model
        }
        std::uint64_t count = 0;
        for (auto child = m_json.nodes()[*list].firstChild; child != 0 && m_budget.spend(256);
            child = m_json.nodes()[child].nextSibling) {
            tree(child, count++);
        }
        const auto place = m_json.nodes()[*list].value;
        field("trees", std::to_string(count), place);
        const auto said = number(parameters, "num_trees");
        if (said && *said != count && !m_json.stoppedEarly() && m_json.valid()) {
            flaw("xgboost-broken", place,
                "it says " + std::to_string(*said) + " trees and has " + std::to_string(count));
        }
    }

    void tree(std::uint32_t node, std::uint64_t index)
    {
        const auto nodes = number(m_json.member(m_text, node, "tree_param"), "num_nodes");
        const auto place = m_json.nodes()[node].value;
        if (m_budget.spend(place.size())) {
            addTree(m_model, m_text, index, nodes, place);
        }
        for (const std::string_view side : {"left_children", "right_children"}) {
            if (const auto list = m_json.member(m_text, node, side)) {
                children(m_json.nodes()[*list].value, nodes);
            }
        }
    }

    // The list as it lies: its numbers are no nodes of the outline.
    void children(ByteRange place, std::optional<std::uint64_t> nodes)
    {
        auto text = slice(m_text, place);
        if (!m_budget.spend(text.size()) || text.size() < 2) {
            return;
        }
        text = text.substr(1, text.size() - 2);
        std::uint64_t count = 0;
        std::int64_t least = 0;
        std::int64_t most = -1;
        while (!text.empty()) {
            const auto end = std::min(text.find(','), text.size());
            auto word = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            word.remove_prefix(std::min(word.find_first_not_of(spaces), word.size()));
            if (word.empty()) {
                continue;
            }
            std::int64_t value = 0;
            if (std::from_chars(word.data(), word.data() + word.size(), value).ec != std::errc()) {
                flaw("xgboost-broken", place, "a child of a node is no number");
                return;
            }
            ++count;
            least = std::min(least, value);
            most = std::max(most, value);
        }
        if (least < -1 || most >= static_cast<std::int64_t>(count)) {
            flaw("ubjson-child", place, std::to_string(least < -1 ? least : most) + " of " + std::to_string(count));
        }
        if (nodes && *nodes != count) {
            flaw("xgboost-broken", place,
                "a tree says " + std::to_string(*nodes) + " nodes and has " + std::to_string(count));
        }
    }

    ByteView m_text;
    Budget& m_budget;
    ModelContent& m_model;
    JsonOutline m_json;
};

void readJson(const Artifact& artifact, Budget& budget, Facts& out)
{
    Region region;
    region.bytes.start = openText(artifact, out);
    region.bytes.end = out.text(artifact).size();
    region.part = Part::Source;
    out.regions.push_back(region);
    auto model = std::make_shared<ModelContent>();
    model->kind = "XGBoost model (JSON)";
    out.model = model;
    const auto size = artifact.view().size();
    out.coverage = {size, size};
    Reader reader(out.text(artifact), region.bytes.start, budget, *model);
    reader.run();
    const auto& json = reader.json();
    if (json.stoppedEarly()) {
        noteIncomplete(out, "stopped", "The model was not read to its end", json.stoppedAt());
    } else if (!json.valid()) {
        const auto at = std::min<std::uint64_t>(json.troubles().front().offset, size);
        model->addFlaw("xgboost-broken", {at, std::min<std::uint64_t>(at + 1, size)},
            "it is not JSON from byte " + std::to_string(at) + " on");
        keepJsonRest(json, region.bytes.end, out, *model);
        noteIncomplete(out, "xgboost-json", "The model is not JSON throughout; its text was searched", at);
    }
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view /*fileName*/)
{
    constexpr std::uint64_t shortest = 140; // its parameters
    if (head.starts_with(binaryMagic)) {
        return size > shortest ? 90 : 0;
    }
    const bool says = head.find("\"gradient_booster\"") != ByteView::npos
        || head.find("\"learner_model_param\"") != ByteView::npos || head.find("\"feature_names\"") != ByteView::npos;
    return beginsAsModel(head) && says ? 62 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    artifact.view().starts_with(binaryMagic) ? readBinary(artifact, budget, out) : readJson(artifact, budget, out);
}

} // namespace cupel::formats::xgboost
