// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/registry.h"

#include "analyzers/formats/disguise.h"
#include "analyzers/formats/json_sketch.h"
#include "analyzers/formats/torch_storage.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

#define CUPEL_FORMAT(id)                                                                                               \
    namespace id {                                                                                                     \
    int sniff(ByteView head, std::uint64_t size, std::string_view fileName);                                           \
    void parse(const Artifact& artifact, Budget& budget, Facts& out);                                                  \
    }
#include "analyzers/formats/formats.def"
#undef CUPEL_FORMAT

namespace zip {
bool sniffEnd(ByteView bytes);
}
namespace ocdbt {
bool sniffEnd(ByteView bytes, std::string_view fileName);
bool isNamed(const Artifact& artifact);
} // namespace ocdbt
namespace zarr {
bool isChunk(const Artifact& artifact);
}

namespace {

constexpr std::size_t headSize = 64 << 10;
constexpr int saysItIsANotebook = 92;

constexpr std::array table{
#define CUPEL_FORMAT(id) Format{#id, id::sniff, id::parse},
#include "analyzers/formats/formats.def"
#undef CUPEL_FORMAT
};

// JSON whose names stand far down, or are written with escapes or in wide characters. Null: no format knows it.
const Format* recogniseJson(ByteView bytes, bool wide, std::string_view fileName)
{
    constexpr std::array names{"notebook", "zeppelin", "hub", "keras", "skops", "xgboost"};
    const bool hidden = wide || bytes.size() > headSize || bytes.find("\\u") != ByteView::npos;
    const auto sketch = hidden ? jsonSketch(bytes) : std::string();
    const Format* best = nullptr;
    int surest = 0;
    for (const auto* name : names) {
        const auto* format = sketch.empty() ? nullptr : findFormat(name);
        if (const int sure = format ? format->sniff(sketch, bytes.size(), fileName) : 0; sure > surest) {
            surest = sure;
            best = format;
        }
    }
    return best;
}

} // namespace

std::span<const Format> all()
{
    return table;
}

const Format& recognise(ByteView bytes, std::string_view fileName)
{
    if (bytes.empty() && isNamedLikeModel(fileName)) {
        return table.back(); // no format of models has files without a byte
    }
    const auto head = bytes.substr(0, headSize);
    // Most of what is scanned is a notebook and says so; no search for the words of others then. What it may be beside
    // that, alsoReadAs() finds.
    if (notebook::sniff(head, bytes.size(), fileName) >= saysItIsANotebook) {
        return table.front();
    }
    const Format* best = &table.back();
    int surest = 0;
    for (const auto& format : table) {
        const int sure = format.sniff(head, bytes.size(), fileName);
        if (sure > surest) {
            surest = sure;
            best = &format;
        }
    }
    if (best->name == "text") {
        const bool wide = HeadText(head).isCopy();
        const HeadText whole(wide ? bytes : ByteView());
        const auto text = wide ? whole.view() : bytes;
        const auto* json = beginsAsJson(text) ? recogniseJson(text, wide, fileName) : nullptr;
        best = json ? json : best;
    }
    // What ends as a zip is one for every loader of zips, whatever it begins as: a picture, or nothing that is known.
    if ((best->name == "image" || best->name == "unknown") && zip::sniffEnd(bytes)) {
        best = findFormat("zip");
    }
    // Data files of checkpoints begin with whatever the first array is packed in.
    if ((best->name == "compressed" || best->name == "unknown") && ocdbt::sniffEnd(bytes, fileName)) {
        best = findFormat("ocdbt");
    }
    return *best;
}

const Format& recognise(const Artifact& artifact)
{
    const auto& format = recognise(artifact.view(), artifact.fileName());
    // Numbers say nothing of themselves; what they belong to does.
    if (artifact.companions && (format.name == "compressed" || format.name == "unknown" || format.name == "text")) {
        const auto* owner = ocdbt::isNamed(artifact) ? "ocdbt" : zarr::isChunk(artifact) ? "zarr" : "";
        if (const auto* found = findFormat(owner)) {
            return *found;
        }
    }
    return format.name == "text" && isTorchStorage(artifact) ? table.back() : format;
}

const Format* findFormat(std::string_view name)
{
    const auto* found = std::find_if(
        table.data(), table.data() + table.size(), [name](const Format& format) { return format.name == name; });
    return found == table.data() + table.size() ? nullptr : found;
}

std::vector<const Format*> alsoReadAs(ByteView bytes, std::string_view fileName, const Format& best)
{
    struct Other {
        std::string_view name;
        int sure; // from here on it is no accident
    };
    constexpr std::array others{Other{"pickle", 85}, Other{"npy", 90}, Other{"compressed", 90}, Other{"zip", 90},
        Other{"tar", 80}, Other{"sevenzip", 95}, Other{"executorch", 90}};
    std::vector<const Format*> out;
    const auto head = bytes.substr(0, headSize);
    for (const auto& [name, sure] : others) {
        const auto* format = findFormat(name);
        // The last member of a tar may be a zip; and the P of a zip asks for a persistent object before anything else.
        const bool asZip = name == "zip" && best.name != "tar" && zip::sniffEnd(bytes);
        const bool fails = (name == "pickle" && bytes.starts_with('P'))
            || (name == "compressed" && (best.name == "ocdbt" || best.name == "zarr"));
        if (format && !fails && name != best.name && (asZip || format->sniff(head, bytes.size(), fileName) >= sure)) {
            out.push_back(format);
        }
    }
    return out;
}

} // namespace cupel::formats
