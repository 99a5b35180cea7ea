// SPDX-License-Identifier: GPL-3.0-or-later
// Templates that stand in files of their own (chat_template.jinja), and YAML that holds one. The whole text is a
// template: what stands outside of the tags of YAML is data.
#include "analyzers/base/budget.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <array>

namespace cupel::formats::jinja {

namespace {

constexpr std::array<std::string_view, 4> endings{".jinja", ".jinja2", ".j2", ".template"};
constexpr std::array<std::string_view, 2> yamlEndings{".yaml", ".yml"};

template <typename List> bool endsWithOne(std::string_view name, const List& list)
{
    return std::any_of(list.begin(), list.end(), [name](std::string_view one) { return name.ends_with(one); });
}

bool hasTags(ByteView head)
{
    return head.find("{{") != ByteView::npos || head.find("{%") != ByteView::npos;
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view fileName)
{
    if (size == 0 || head.find('\0') != ByteView::npos) {
        return 0;
    }
    const bool tags = hasTags(head);
    if (endsWithOne(fileName, endings)) {
        // Whatever stands in front as far as one sees: what follows is still a template.
        return tags || size > head.size() ? 45 : 0;
    }
    if (endsWithOne(fileName, yamlEndings)) {
        return tags && head.find("template") != ByteView::npos ? 30 : 0;
    }
    const auto first = head.find_first_not_of(" \t\r\n");
    const auto begin = first == ByteView::npos ? ByteView() : head.substr(first, 2);
    const bool opens = begin == "{{" || begin == "{%" || begin == "{#";
    return opens && head.find("messages") != ByteView::npos ? 45 : 0;
}

void parse(const Artifact& artifact, Budget& /*budget*/, Facts& out)
{
    Region region;
    region.kind = RegionKind::Template;
    region.part = Part::Source;
    region.name = endsWithOne(artifact.fileName(), yamlEndings) ? "yaml" : "template";
    region.bytes.start = openText(artifact, out);
    region.bytes.end = out.text(artifact).size();
    out.regions.push_back(std::move(region));
    out.coverage = {artifact.view().size(), artifact.view().size()};
}

} // namespace cupel::formats::jinja
