// SPDX-License-Identifier: GPL-3.0-or-later
// Architectures of Keras as text: config.json and metadata.json of a .keras archive, JSON and YAML that stand alone.
#include "analyzers/base/budget.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/keras/keras_yaml.h"
#include "analyzers/formats/keras_config.h"
#include "analyzers/formats/transcode.h"

#include <memory>

namespace cupel::formats::keras {

namespace {

enum class Kind : std::uint8_t { None, Model, Metadata, Yaml };

// What the top object is, by its keys; values may hold anything.
Kind jsonKind(ByteView head)
{
    const auto start = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (start == ByteView::npos || head[start] != '{') {
        return Kind::None;
    }
    JsonOutline::Options options;
    options.start = start;
    options.detailDepth = 2;
    options.maxNodes = 20'000;
    Budget budget;
    const auto outline = JsonOutline::parse(head, budget, options);
    if (outline.empty()) {
        return Kind::None;
    }
    const auto is = [&](std::string_view key, JsonType type) {
        const auto member = outline.member(head, 0, key);
        return member && outline.nodes()[*member].type == type;
    };
    if (is("class_name", JsonType::String)
        && (outline.member(head, 0, "config") || outline.member(head, 0, "module")
            || is("keras_version", JsonType::String))) {
        return Kind::Model;
    }
    return is("keras_version", JsonType::String)
            && (is("date_saved", JsonType::String) || is("backend", JsonType::String))
        ? Kind::Metadata
        : Kind::None;
}

Kind kindOf(ByteView text)
{
    const auto json = jsonKind(text);
    return json != Kind::None ? json : isKerasYaml(text) ? Kind::Yaml : Kind::None;
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    const HeadText text(head);
    return text.view().find('\0') == ByteView::npos && kindOf(text.view()) != Kind::None ? 75 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    auto model = std::make_shared<ModelContent>();
    out.model = model;
    out.coverage = {artifact.view().size(), artifact.view().size()};
    ModelParts parts(text, out, *model);
    if (kindOf(text.substr(0, std::size_t{64} << 10)) == Kind::Yaml) {
        model->kind = "Keras architecture, YAML";
        parts.region(RegionKind::PlainText, {start, text.size()}, "configuration");
        readKerasYaml(parts, budget);
        return;
    }
    model->kind = jsonKind(text.substr(0, std::size_t{64} << 10)) == Kind::Metadata ? "metadata of a Keras archive"
                                                                                    : "Keras architecture";
    readKerasConfig({start, text.size()}, parts, budget);
}

} // namespace cupel::formats::keras
