// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/hub/hub_walker.h"

#include "analyzers/base/json_values.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/hub/hub_names.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace cupel::formats::hub {

namespace {

constexpr std::size_t mostReferences = 1'000;
constexpr std::size_t mostTemplates = 1'000;
constexpr std::array<std::string_view, 8> classKeys{
    "_target_", "target", "class_path", "loader_module", "parent_library", "class_name", "module_path", "python_class"};
// Code of generation, and kernels that attention is computed with: names of repositories, or of what a library has.
constexpr std::array<std::string_view, 6> codeKeys{"custom_generate", "attn_implementation", "_attn_implementation",
    "_attn_implementation_internal", "experts_implementation", "_experts_implementation"};
constexpr std::array<std::string_view, 4> baseKeys{
    "base_model_name_or_path", "_name_or_path", "base_model", "tokenizer_name_or_path"};

// Escapes of JSON can write braces too.
bool hasTags(ByteView text, ByteRange range)
{
    const auto raw = slice(text, range);
    const auto has = [](std::string_view part) {
        return part.find("{{") != std::string_view::npos || part.find("{%") != std::string_view::npos;
    };
    return has(raw) || (raw.find("\\u00") != ByteView::npos && has(jsonText(text, range, 1 << 20)));
}

bool isIn(std::string_view name, const auto& list)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

} // namespace

std::string Walker::key(std::uint32_t node) const
{
    return jsonKey(m_text, m_json.nodes()[node], 200);
}

std::string Walker::parentKey(std::uint32_t node) const
{
    const auto parent = m_json.nodes()[node].parent;
    return parent == 0 ? std::string() : key(parent);
}

ByteRange Walker::inside(std::uint32_t node) const
{
    const auto& value = m_json.nodes()[node].value;
    const bool closed = value.size() > 1 && m_text[value.end - 1] == '"';
    return {value.start + 1, value.end - (closed ? 1 : 0)};
}

void Walker::flaw(std::string_view code, ByteRange place, std::string detail)
{
    std::vector<ByteRange> quotes;
    if (!detail.empty()) {
        quotes.push_back(place);
    }
    m_model.addFlaw(code, place, std::move(detail), std::move(quotes));
}

void Walker::reference(std::string_view what, const std::string& target, ByteRange place)
{
    if (m_model.references.size() < mostReferences && m_targets.insert(target).second) {
        m_model.references.push_back({std::string(what), target, place});
    }
}

void Walker::run()
{
    const auto& nodes = m_json.nodes();
    if (nodes.empty()) {
        return;
    }
    m_pipeline = m_fileName.ends_with("model_index.json"); // by its name alone, as diffusers reads it
    for (std::uint32_t node = 0; node < nodes.size() && m_budget.spend(64); ++node) {
        if (nodes[node].type == JsonType::Object) {
            duplicates(node);
        }
        if (node > 0) {
            member(node);
        }
    }
}

void Walker::duplicates(std::uint32_t object)
{
    const auto& nodes = m_json.nodes();
    std::unordered_set<std::string> seen;
    for (auto child = nodes[object].firstChild; child != 0; child = nodes[child].nextSibling) {
        auto name = jsonKey(m_text, nodes[child]);
        if (!name.empty() && !seen.insert(name).second) {
            flaw("hub-duplicate", nodes[child].key, toDisplay(name, 80));
        }
    }
}

void Walker::member(std::uint32_t node)
{
    const auto& one = m_json.nodes()[node];
    const auto name = key(node);
    const auto above = parentKey(node);
    if (one.parent == 0) {
        field(node, name);
    }
    if (name == "auto_map" || name == "custom_pipelines") {
        allStrings(name, node);
    } else if (name == "trust_remote_code" && slice(m_text, one.value) == "true") {
        flaw("hub-trust", one.value);
    } else if (above == "weight_map" && one.type == JsonType::String) {
        shard(node);
    } else if (m_pipeline && one.parent == 0 && one.type == JsonType::Array) {
        component(node, name);
    }
    if (one.type == JsonType::String) {
        text(node, name);
    }
    findTemplates(node, name);
}

// The strings below auto_map: "module.Class" of this folder, or of another repository.
void Walker::allStrings(std::string_view what, std::uint32_t node)
{
    const auto& one = m_json.nodes()[node];
    eachJsonString(m_text, one.value, [&](ByteRange range) {
        const auto value = jsonText(m_text, range, 300);
        const auto behind = m_text.find_first_not_of(" \t\r\n", range.end + 1);
        const bool isKey = behind != ByteView::npos && m_text[behind] == ':';
        if (!isKey && !value.empty() && (value.find('.') != std::string::npos || isForeignCode(value))) {
            code(what, value, range);
        }
        return m_budget.spend(64);
    });
}

void Walker::code(std::string_view what, std::string_view target, ByteRange place)
{
    const auto shown = toDisplay(target, 120);
    reference("code", shown, place);
    const bool pipeline = what == "custom_pipelines";
    flaw(isForeignCode(target) ? "hub-foreign-code" : pipeline ? "hub-own-pipeline" : "hub-own-code", place, shown);
}

void Walker::text(std::uint32_t node, const std::string& name)
{
    const auto value = m_json.string(m_text, node, 1'000);
    if (isIn(name, baseKeys)) {
        basePath(name, node, value);
    } else if (name == "custom_pipeline" && !value.empty()) {
        code("custom_pipelines", value, inside(node));
    } else if (isIn(name, codeKeys) || isIn(parentKey(node), codeKeys)) {
        fetched(name, value, inside(node));
    } else if (isIn(name, classKeys)
        || (name == "type" && m_fileName.ends_with("modules.json") && value.find('.') != std::string::npos)) {
        classPath(name, node, value);
    }
}

// "org/name", with a revision behind it or the name of a kernel: transformers fetches and runs what stands there. Other
// words are parts of the library, but a name for custom_generate is always a place.
void Walker::fetched(const std::string& name, const std::string& value, ByteRange place)
{
    constexpr std::string_view ofLibrary = "kernels-community/"; // of Hugging Face
    const auto shown = toDisplay(value, 120);
    if (value.find('/') != std::string::npos) {
        reference("code", shown, place);
        const bool known = value.starts_with(ofLibrary);
        flaw(known ? "hub-kernel" : "hub-foreign-code", place, shown);
    } else if (name == "custom_generate" && !value.empty()) {
        code(name, value, place);
    }
}

void Walker::classPath(const std::string& name, std::uint32_t node, const std::string& value)
{
    if (isForeignCode(value)) {
        code(name, value, inside(node));
    } else if (looksLikeClass(value) && isDangerousClass(value)) {
        reference("class", toDisplay(value, 120), inside(node));
        flaw("hub-dangerous-class", inside(node), toDisplay(value, 120));
    } else if (looksLikeClass(value) && !isKnownClass(value)) {
        reference("class", toDisplay(value, 120), inside(node));
        flaw("hub-class", inside(node), toDisplay(value, 120));
    }
}

void Walker::basePath(const std::string& /*name*/, std::uint32_t node, const std::string& value)
{
    if (value.empty()) {
        return;
    }
    reference("base model", toDisplay(value, 200), inside(node));
    if (goesUp(value) || value.find("://") != std::string::npos) {
        flaw("hub-base-path", inside(node), toDisplay(value, 120));
    }
}

void Walker::shard(std::uint32_t node)
{
    const auto value = m_json.string(m_text, node, 1'000);
    const auto shown = toDisplay(value, 200);
    reference("shard", shown, inside(node));
    if (leavesFolder(value) || value.find('\\') != std::string::npos) {
        flaw("hub-shard-outside", inside(node), shown);
    } else if (m_fileName.ends_with(".safetensors.index.json") && !value.ends_with(".safetensors")) {
        flaw("hub-shard-kind", inside(node), shown);
    }
}

// "unet": ["diffusers", "UNet2DConditionModel"]; a library that is none is a file of this folder.
void Walker::component(std::uint32_t node, const std::string& name)
{
    std::vector<std::pair<std::string, ByteRange>> parts;
    eachJsonString(m_text, m_json.nodes()[node].value, [&](ByteRange range) {
        parts.emplace_back(jsonText(m_text, range, 300), range);
        return parts.size() < 2;
    });
    if (parts.size() < 2) {
        return;
    }
    const auto& library = parts[0].first;
    const auto path = library + '.' + parts[1].first;
    if (isDangerousClass(path)) {
        reference("class", toDisplay(path, 120), parts[0].second);
        flaw("hub-dangerous-class", parts[0].second, toDisplay(path, 120));
    } else if (isForeignCode(library) || name == "_class_name"
        || (!isKnownLibrary(library) && library != "stable_diffusion" && library != "onnxruntime")) {
        code("custom_pipelines", library, parts[0].second);
    }
}

void Walker::field(std::uint32_t node, const std::string& name)
{
    const auto& one = m_json.nodes()[node];
    constexpr std::size_t most = 300;
    if (one.type == JsonType::Object || one.type == JsonType::Array || m_model.metadata.size() >= most) {
        return;
    }
    const bool string = one.type == JsonType::String;
    const auto value =
        string ? m_json.string(m_text, node, ModelContent::longestValue) : std::string(slice(m_text, one.value));
    m_model.metadata.push_back(
        {toDisplay(name, 200), toDisplay(value, ModelContent::longestValue), string ? inside(node) : one.value});
    if (name == "transformers_version" || name == "_diffusers_version") {
        m_model.producer = (name == "transformers_version" ? "transformers " : "diffusers ") + toDisplay(value, 40);
    }
}

// By what they are; by name too where they hold no tag yet.
void Walker::findTemplates(std::uint32_t node, const std::string& name)
{
    const auto& one = m_json.nodes()[node];
    const bool named = name.find("template") != std::string::npos;
    const auto add = [&](ByteRange range) {
        const bool nested = !m_templates.empty() && range.start < m_templates.back().end;
        if (range.size() >= 4 && !nested && hasTags(m_text, range) && m_templates.size() < mostTemplates) {
            m_templates.push_back(range);
        }
    };
    if (one.type == JsonType::String) {
        const auto range = inside(node);
        const auto part = slice(m_text, range);
        const bool closed = part.find("}}") != ByteView::npos || part.find("%}") != ByteView::npos
            || part.find("\\u00") != ByteView::npos;
        if (named || closed) {
            add(range);
        }
    } else if (one.type == JsonType::Array && one.opaque) {
        eachJsonString(m_text, one.value, [&](ByteRange range) {
            add(range);
            return m_budget.spend(64);
        });
    }
}

} // namespace cupel::formats::hub
