// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/orbax_metadata.h"

#include "analyzers/base/json_outline.h"
#include "analyzers/base/utf8.h"
#include "analyzers/model/model_content.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

namespace cupel::formats {

namespace {

constexpr std::size_t longestName = 300;
constexpr std::size_t mostExtents = 64; // of a shape

class Reader {
public:
    Reader(ByteView text, const JsonOutline& outline, ModelContent& model)
        : m_text(text)
        , m_outline(outline)
        , m_model(model)
    {
    }

    // {"('w',)": {"key_metadata": [{"key": "w"}], "value_metadata": {"value_type": "jax.Array", "write_shape": [2]}}}
    void arrays(std::uint32_t tree, Budget& budget)
    {
        for (auto at = node(tree).firstChild; at != 0 && budget.spend(64); at = node(at).nextSibling) {
            const auto value = m_outline.member(m_text, at, "value_metadata");
            const auto type = value ? m_outline.member(m_text, *value, "value_type") : std::nullopt;
            if (!type) {
                continue;
            }
            const auto shape = m_outline.member(m_text, *value, "write_shape");
            ModelTensor tensor;
            tensor.name = toDisplay(nameOf(at), longestName);
            tensor.dtype = toDisplay(m_outline.string(m_text, *type), 40);
            tensor.hasData = false; // it stands in other files
            if (shape) {
                extents(*shape, tensor.shape);
            }
            m_model.add(std::move(tensor));
        }
    }

    void field(std::uint32_t object, std::string_view key)
    {
        const auto found = m_outline.member(m_text, object, key);
        if (found && node(*found).type != JsonType::Object && node(*found).type != JsonType::Array) {
            const auto& one = node(*found);
            const bool quoted = one.type == JsonType::String && one.value.size() >= 2;
            const auto place = quoted ? ByteRange{one.value.start + 1, one.value.end - 1} : one.value;
            m_model.metadata.push_back(
                {std::string(key), toDisplay(slice(m_text, place), ModelContent::longestValue), place});
        }
    }

private:
    [[nodiscard]] const JsonNode& node(std::uint32_t at) const { return m_outline.nodes()[at]; }

    // Keys of the way to it, with points between them.
    [[nodiscard]] std::string nameOf(std::uint32_t entry) const
    {
        std::string out;
        const auto keys = m_outline.member(m_text, entry, "key_metadata");
        for (auto at = keys ? node(*keys).firstChild : 0; at != 0 && out.size() < longestName;
            at = node(at).nextSibling) {
            const auto key = m_outline.member(m_text, at, "key");
            out += (out.empty() ? "" : ".") + (key ? m_outline.string(m_text, *key, longestName) : std::string("?"));
        }
        return out.empty() ? std::string(slice(m_text, node(entry).key)) : out;
    }

    // Lists of numbers are not parsed further.
    void extents(std::uint32_t list, std::vector<std::uint64_t>& out) const
    {
        const auto written = slice(m_text, node(list).value);
        for (std::size_t at = 0; at < written.size() && out.size() < mostExtents;) {
            std::uint64_t extent = 0;
            const auto* end = std::from_chars(written.data() + at, written.data() + written.size(), extent).ptr;
            const auto next = static_cast<std::size_t>(end - written.data());
            if (next > at) {
                out.push_back(extent);
            }
            at = std::max(next, at + 1);
        }
    }

    ByteView m_text;
    const JsonOutline& m_outline;
    ModelContent& m_model;
};

} // namespace

void readOrbaxMetadata(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto name = artifact.fileName();
    const bool tree = name == "_METADATA";
    if (!tree && name != "_CHECKPOINT_METADATA") {
        return;
    }
    const auto text = out.text(artifact);
    JsonOutline::Options options;
    options.detailDepth = 8;
    const auto outline = JsonOutline::parse(text, budget, options);
    // No member is node 0.
    const auto member = [&](std::string_view key) {
        return outline.empty() ? 0 : outline.member(text, 0, key).value_or(0);
    };
    const auto arrays = member("tree_metadata");
    if (tree ? arrays == 0 || outline.nodes()[arrays].type != JsonType::Object : member("item_handlers") == 0) {
        return;
    }
    auto model = std::make_shared<ModelContent>();
    model->kind = tree ? "checkpoint of Orbax, list of arrays" : "checkpoint of Orbax";
    Reader reader(text, outline, *model);
    if (tree) {
        reader.arrays(arrays, budget);
    }
    for (const auto* key :
        {"use_ocdbt", "use_zarr3", "item_handlers", "init_timestamp_nsecs", "commit_timestamp_nsecs"}) {
        reader.field(0, key);
    }
    out.model = std::move(model);
}

} // namespace cupel::formats
