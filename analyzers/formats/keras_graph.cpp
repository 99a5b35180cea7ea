// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/keras_graph.h"

#include "analyzers/base/json_outline.h"
#include "analyzers/base/json_values.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace cupel::formats {

namespace {

constexpr std::size_t longestName = 300;
constexpr std::size_t mostDepth = 32; // models in models
constexpr std::size_t mostInbound = 4'096; // values looked at for the inputs of one layer

class GraphReader {
public:
    GraphReader(ByteView text, ByteRange json, GraphBuilder& builder, Budget& budget)
        : m_text(text.substr(0, json.end))
        , m_builder(builder)
        , m_budget(budget)
    {
        JsonOutline::Options options;
        options.start = json.start;
        options.detailDepth = 1'024;
        m_outline = JsonOutline::parse(m_text, budget, options);
    }

    void run()
    {
        if (m_outline.empty()) {
            return;
        }
        const auto top = m_builder.addSpace();
        m_models.push_back({0, top, {}, {}, 0});
        for (std::size_t i = 0; i < m_models.size(); ++i) {
            const Model model = m_models[i];
            layers(model);
        }
        if (m_outline.stoppedEarly()) {
            m_builder.stop();
        }
    }

private:
    struct Model {
        std::uint32_t node; // of the JSON
        GraphBuilder::Space space;
        std::string scope;
        std::string_view name; // as the model around knows it; empty: the top
        std::size_t depth;
        GraphBuilder::Space outer = GraphBuilder::none;
    };

    [[nodiscard]] const JsonNode& node(std::uint32_t i) const { return m_outline.nodes()[i]; }
    [[nodiscard]] std::optional<std::uint32_t> member(std::uint32_t i, std::string_view key) const
    {
        return m_outline.member(m_text, i, key);
    }
    [[nodiscard]] std::string text(std::optional<std::uint32_t> i) const
    {
        return i && node(*i).type == JsonType::String ? m_outline.string(m_text, *i, longestName) : std::string();
    }
    // The list of layers of a model; nullopt: it is a layer.
    [[nodiscard]] std::optional<std::uint32_t> layersOf(std::uint32_t model) const
    {
        const auto config = member(model, "config");
        if (!config) {
            return std::nullopt;
        }
        if (node(*config).type == JsonType::Array) {
            return config; // sequential models of Keras 1 and 2.1
        }
        const auto list = member(*config, "layers");
        return list && node(*list).type == JsonType::Array ? list : std::nullopt;
    }

    void layers(const Model& model)
    {
        const auto list = layersOf(model.node);
        if (!list) {
            return;
        }
        const bool chained = !inboundAnywhere(*list);
        std::uint32_t first = GraphBuilder::none;
        std::uint32_t last = GraphBuilder::none;
        std::string_view before;
        for (auto child = node(*list).firstChild; child != 0; child = node(child).nextSibling) {
            if (!m_budget.spend(64)) {
                return;
            }
            if (node(child).type != JsonType::Object) {
                continue;
            }
            const auto name = m_builder.kept(nameOf(child));
            std::uint32_t made = GraphBuilder::none;
            if (const auto inner = layersOf(child); inner && model.depth < mostDepth) {
                const auto scope = GraphBuilder::joined(model.scope, GraphBuilder::text(name));
                m_models.push_back({child, m_builder.addSpace(model.space), scope, name, model.depth + 1, model.space});
                inbound(child, chained ? before : std::string_view(), m_models.back());
            } else {
                made = layer(child, name, model);
                inbound(child, chained ? before : std::string_view(), model.space, made);
                first = first == GraphBuilder::none ? made : first;
                last = made == GraphBuilder::none ? last : made;
            }
            before = name;
        }
        ends(model, first, last);
    }

    [[nodiscard]] std::string nameOf(std::uint32_t layer) const
    {
        auto name = text(member(layer, "name"));
        if (name.empty()) {
            if (const auto config = member(layer, "config")) {
                name = text(member(*config, "name"));
            }
        }
        return name.empty() ? "#" + std::to_string(layer) : name;
    }

    [[nodiscard]] bool inboundAnywhere(std::uint32_t list) const
    {
        for (auto child = node(list).firstChild; child != 0; child = node(child).nextSibling) {
            if (const auto inbound = member(child, "inbound_nodes"); inbound && node(*inbound).firstChild != 0) {
                return true;
            }
        }
        return false;
    }

    std::uint32_t layer(std::uint32_t at, std::string_view name, const Model& model)
    {
        GraphNode made;
        made.op = GraphBuilder::text(text(member(at, "class_name")));
        made.kind = made.op == "InputLayer" ? GraphNode::Kind::Input : GraphNode::Kind::Operator;
        made.name = name.starts_with('#') ? std::string() : GraphBuilder::text(name);
        made.scope = model.scope;
        made.bytes = node(at).value;
        const auto package = text(member(at, "module"));
        if (!package.empty() && !package.starts_with("keras.")) {
            made.domain = GraphBuilder::text(package);
        }
        if (const auto config = member(at, "config")) {
            for (auto child = node(*config).firstChild; child != 0; child = node(child).nextSibling) {
                const auto key = jsonKey(m_text, node(child), longestName);
                if (key != "name" && key != "trainable" && key != "dtype") {
                    m_builder.attribute(made, key, shown(child));
                }
            }
        }
        const auto index = m_builder.add(std::move(made));
        m_builder.makes(model.space, name, index);
        return index;
    }

    // A value on one line; of objects the class, if they say one.
    [[nodiscard]] std::string shown(std::uint32_t value) const
    {
        if (node(value).type == JsonType::String) {
            return GraphBuilder::text(m_outline.string(m_text, value, longestName));
        }
        if (node(value).type == JsonType::Object) {
            if (const auto name = text(member(value, "class_name")); !name.empty()) {
                return GraphBuilder::text(name);
            }
        }
        return GraphBuilder::text(slice(m_text, node(value).value).substr(0, ModelGraph::longestText));
    }

    // A model takes what its first layers take.
    void inbound(std::uint32_t at, std::string_view before, Model& model) { m_feeds[model.space] = names(at, before); }
    void inbound(std::uint32_t at, std::string_view before, GraphBuilder::Space space, std::uint32_t made)
    {
        for (const auto name : names(at, before)) {
            m_builder.takes(space, name, made);
            if (made != GraphBuilder::none) {
                GraphBuilder::part(m_builder.node(made).inputs, name);
            }
        }
    }

    // Names of layers: ["name", 0, 0, ...] in Keras 2, "keras_history": ["name", 0, 0] in Keras 3.
    [[nodiscard]] std::vector<std::string_view> names(std::uint32_t layer, std::string_view before)
    {
        std::vector<std::string_view> out;
        if (!before.empty()) {
            out.push_back(before);
            return out;
        }
        const auto inbound = member(layer, "inbound_nodes");
        if (!inbound) {
            return out;
        }
        std::vector<std::uint32_t> open{*inbound};
        std::size_t seen = 0;
        while (!open.empty() && ++seen < mostInbound && m_budget.spend(8)) {
            const auto at = open.back();
            open.pop_back();
            if (const auto name = history(at); !name.empty()) {
                out.push_back(m_builder.kept(jsonText(m_text, name, longestName)));
                continue;
            }
            std::vector<std::uint32_t> children;
            for (auto child = node(at).firstChild; child != 0; child = node(child).nextSibling) {
                if (node(child).type == JsonType::Array || node(child).type == JsonType::Object) {
                    children.push_back(child);
                }
            }
            open.insert(open.end(), children.rbegin(), children.rend());
        }
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }

    // The name in an array that begins with a text and a number: the outline keeps such arrays as a range.
    [[nodiscard]] ByteRange history(std::uint32_t at) const
    {
        const auto range = node(at).value;
        const auto skip = [this](std::uint64_t place) {
            const auto next = m_text.find_first_not_of(" \t\r\n", place);
            return next == ByteView::npos ? m_text.size() : next;
        };
        const auto quote = skip(range.start + 1);
        if (node(at).type != JsonType::Array || quote >= range.end || m_text[quote] != '"') {
            return {};
        }
        auto end = findStringStop(m_text, quote + 1);
        while (end < range.end && m_text[end] == '\\') {
            end = findStringStop(m_text, end + 2);
        }
        const auto comma = skip(end + 1);
        const auto digit = skip(comma + 1);
        const bool numbered = digit < range.end && m_text[comma] == ',' && m_text[digit] >= '0' && m_text[digit] <= '9';
        return numbered ? ByteRange{quote + 1, end} : ByteRange{};
    }

    // What comes into a model within goes to its first layer, what leaves it comes from its last.
    void ends(const Model& model, std::uint32_t first, std::uint32_t last)
    {
        if (model.outer == GraphBuilder::none) {
            return;
        }
        for (const auto name : m_feeds[model.space]) {
            m_builder.takes(model.outer, name, first);
        }
        m_builder.makes(model.outer, model.name, last);
    }

    ByteView m_text;
    GraphBuilder& m_builder;
    Budget& m_budget;
    JsonOutline m_outline;
    std::vector<Model> m_models; // to be walked
    std::unordered_map<GraphBuilder::Space, std::vector<std::string_view>> m_feeds; // of models within
};

} // namespace

void readKerasGraph(ByteView text, ByteRange json, GraphBuilder& builder, Budget& budget)
{
    GraphReader(text, json, builder, budget).run();
}

} // namespace cupel::formats
