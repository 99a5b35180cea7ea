// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/keras/keras_yaml.h"

#include "analyzers/formats/keras_names.h"

#include <algorithm>
#include <array>

namespace cupel::formats::keras {

namespace {

constexpr std::array<std::string_view, 13> plainTags{"!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq",
    "!!binary", "!!timestamp", "!!omap", "!!set", "!!pairs", "!!merge"};

bool hasKey(ByteView text, std::string_view key)
{
    for (auto at = text.find(key); at != ByteView::npos; at = text.find(key, at + 1)) {
        if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '{' || text[at - 1] == ' ' || text[at - 1] == '"') {
            return true;
        }
    }
    return false;
}

ByteRange trimmed(ByteView text, ByteRange range)
{
    constexpr std::string_view edge = " \t\r\"'";
    while (!range.empty() && edge.find(text[range.start]) != std::string_view::npos) {
        ++range.start;
    }
    while (!range.empty() && edge.find(text[range.end - 1]) != std::string_view::npos) {
        --range.end;
    }
    return range;
}

class Yaml {
public:
    explicit Yaml(ModelParts& parts)
        : m_parts(parts)
        , m_text(parts.file())
    {
    }

    void line(ByteRange range)
    {
        tags(range);
        // Pairs of one line: block style has one, flow style any number.
        auto start = range.start;
        for (auto at = range.start; at <= range.end; ++at) {
            if (at == range.end || m_text[at] == ',' || m_text[at] == '{' || m_text[at] == '}') {
                pair({start, at});
                start = at + 1;
            }
        }
    }

private:
    void tags(ByteRange range)
    {
        if (slice(m_text, range).starts_with("%TAG")) {
            m_parts.flaw("keras-yaml-tag", range);
            return;
        }
        for (auto at = range.start; at < range.end; ++at) {
            const bool starts = at == range.start || m_text[at - 1] == ' ' || m_text[at - 1] == '\t'
                || m_text[at - 1] == '[' || m_text[at - 1] == ',' || m_text[at - 1] == '{' || m_text[at - 1] == '-';
            if (m_text[at] != '!' || !starts) {
                continue;
            }
            const auto end =
                std::min<std::uint64_t>(slice(m_text, {at, range.end}).find_first_of(" \t\r,]}") + at, range.end);
            const ByteRange tag{at, end < at ? range.end : end};
            const auto name = slice(m_text, tag);
            if (name.size() > 1 && std::find(plainTags.begin(), plainTags.end(), name) == plainTags.end()) {
                m_parts.flaw("keras-yaml-tag", tag);
            }
            at = tag.end;
        }
    }

    void pair(ByteRange range)
    {
        const auto colon = slice(m_text, range).find(':');
        if (colon == ByteView::npos) {
            return;
        }
        auto keyRange = trimmed(m_text, {range.start, range.start + colon});
        while (slice(m_text, keyRange).starts_with("- ")) {
            keyRange = trimmed(m_text, {keyRange.start + 2, keyRange.end});
        }
        const auto value = trimmed(m_text, {range.start + colon + 1, range.end});
        const auto key = slice(m_text, keyRange);
        if (key == "class_name") {
            className(value);
        } else if (key == "module" && kerasModuleOf(slice(m_text, value)) == KerasModule::Harmful) {
            m_parts.flaw("keras-harmful-module", value);
        } else if (key == "keras_version" || key == "backend") {
            m_parts.field(std::string(key), value);
        }
    }

    void className(ByteRange value)
    {
        const auto name = slice(m_text, value);
        m_parts.useOperator(name, {}, value);
        switch (kerasNameOf(name)) {
        case KerasName::Lambda:
            m_parts.flaw("keras-lambda", value);
            break;
        case KerasName::Torch:
            m_parts.flaw("keras-torch", value);
            break;
        case KerasName::Loader:
            m_parts.flaw("keras-loader", value);
            break;
        case KerasName::Harmful:
            m_parts.flaw("keras-harmful-name", value);
            break;
        case KerasName::TensorFlowFunction:
        case KerasName::Usual:
            break;
        }
    }

    ModelParts& m_parts;
    ByteView m_text;
};

} // namespace

bool isKerasYaml(ByteView head)
{
    return hasKey(head, "class_name:") && hasKey(head, "config:") && head.find("<html") == ByteView::npos
        && (head.starts_with("class_name:") || head.starts_with("backend:") || head.starts_with("config:")
            || head.starts_with("keras_version:") || head.starts_with("---") || head.starts_with("%")
            || head.starts_with("#") || head.starts_with("!!") || head.starts_with("{"));
}

void readKerasYaml(ModelParts& parts, Budget& budget)
{
    const auto text = parts.file();
    Yaml yaml(parts);
    parts.model().addFlaw("keras-yaml", {0, std::min<std::uint64_t>(text.size(), 10)});
    for (std::uint64_t at = 0; at < text.size();) {
        const auto end = std::min<std::uint64_t>(text.find('\n', at), text.size());
        if (!budget.spend(end - at + 8)) {
            noteOnce(parts.facts(), "stopped", "Reading stopped early", at);
            return;
        }
        yaml.line({at, end});
        at = end + 1;
    }
}

} // namespace cupel::formats::keras
