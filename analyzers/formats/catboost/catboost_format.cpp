// SPDX-License-Identifier: GPL-3.0-or-later
// Models of CatBoost (.cbm): "CBM1", a size, a FlatBuffer with the trees, and behind it the parts that it names, of
// which statistics of categories are read. Nothing in them is run; what counts say is held against what stands there.
#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/flatbuffer.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/catboost/catboost_layout.h"
#include "analyzers/formats/model_parts.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats::catboost {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t coreAt = 8;
constexpr std::uint64_t mostPairs = 10'000;
constexpr std::uint64_t mostFeatures = 100'000;

struct List {
    unsigned index;
    std::string_view name;
    std::string_view dtype;
    unsigned width;
};
// Of TModelTrees, what is numbers.
constexpr std::array lists{List{1, "tree_splits", "I32", 4}, List{2, "tree_sizes", "I32", 4},
    List{3, "tree_start_offsets", "I32", 4}, List{8, "leaf_values", "F64", 8}, List{9, "leaf_weights", "F64", 8},
    List{11, "node_leaves", "U32", 4}, List{16, "bias", "F64", 8}};

struct FeatureList {
    unsigned index;
    std::string_view what;
    unsigned name; // the field with the name
};
constexpr std::array features{FeatureList{5, "float feature", 4}, FeatureList{4, "category", 2},
    FeatureList{12, "text feature", 2}, FeatureList{18, "embedding", 2}};

class Reader {
public:
    Reader(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model)
        : m_bytes(artifact.view())
        , m_coreEnd(coreAt + std::min<std::uint64_t>(FlatReader(m_bytes).number(4, 4).value_or(0), size() - coreAt))
        , m_flat(m_bytes.substr(coreAt, m_coreEnd - coreAt))
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
        , m_parts(m_bytes, out, model)
    {
    }

    void run()
    {
        if (FlatReader(m_bytes).number(4, 4).value_or(0) > size() - coreAt) {
            broken({4, 8}, "the size of its tables is larger than the file");
        }
        const auto root = m_flat.root();
        if (const auto version = inFile(m_flat.text(root, 0)); !version.empty()) {
            m_parts.field("format version", version);
        }
        const auto at = m_flat.field(root, 1, 4);
        const auto trees = at == 0 ? FlatReader::Table{} : m_flat.followTable(at);
        numbers(trees);
        judgeTrees(trees);
        for (const auto& list : features) {
            names(trees, list);
        }
        pairs(root);
        judge(layoutOf(m_flat.bytes(), Root::Model, m_budget), {coreAt, m_coreEnd});
        m_end = m_coreEnd;
        partsBehind(root);
        rest();
        m_out.coverage.understood = m_out.status == ReadStatus::Complete ? size() : m_end;
    }

private:
    [[nodiscard]] std::uint64_t size() const { return m_bytes.size(); }
    [[nodiscard]] static ByteRange inFile(ByteRange core)
    {
        return core.start == 0 ? ByteRange{} : ByteRange{core.start + coreAt, core.end + coreAt};
    }
    void broken(ByteRange place, std::string detail)
    {
        m_model.addFlaw(
            "catboost-broken", {std::min(place.start, size()), std::min(place.end, size())}, std::move(detail));
    }

    void numbers(const FlatReader::Table& trees)
    {
        for (const auto& list : lists) {
            const auto vector = m_flat.vector(trees, list.index, list.width);
            if (vector.size() > 0) {
                const auto start = vector.start() + coreAt;
                m_model.add({std::string(list.name), std::string(list.dtype), {vector.size()},
                    {start, start + vector.size() * list.width}, {}});
            }
        }
        m_parts.number("trees", m_flat.vector(trees, 2, 4).size(), {});
        m_parts.number("values per leaf", m_flat.value(trees, 0, 4, 0), {});
    }

    // Each tree has as many splits as its size says, and an oblivious one two leaves for each combination of them.
    void judgeTrees(const FlatReader::Table& trees)
    {
        const auto sizes = m_flat.vector(trees, 2, 4);
        const auto splits = m_flat.vector(trees, 1, 4).size();
        const auto values = m_flat.vector(trees, 8, 8).size();
        const bool oblivious = m_flat.vector(trees, 10, 4).size() == 0;
        const auto wide = m_flat.value(trees, 0, 4, 0);
        std::uint64_t steps = 0;
        std::uint64_t leaves = 0;
        bool possible = wide > 0 && wide <= size();
        for (std::uint64_t i = 0; i < sizes.size() && m_budget.spend(4); ++i) {
            const auto depth = m_flat.number(sizes.start() + 4 * i, 4).value_or(0);
            steps += depth;
            possible = possible && depth < 32 && leaves <= size();
            leaves += possible ? 1ULL << depth : 0;
        }
        const ByteRange place{
            sizes.start() + coreAt - std::min<std::uint64_t>(4, sizes.start()), sizes.start() + coreAt};
        if (steps != splits) {
            broken(place,
                "its trees have " + counted(steps, "split", "splits") + ", and there are " + std::to_string(splits));
        } else if (oblivious && sizes.size() > 0 && (!possible || leaves * wide != values)) {
            broken(place,
                "its trees have other leaves than the " + counted(values, "value", "values") + " that there are");
        }
    }

    void names(const FlatReader::Table& trees, const FeatureList& list)
    {
        const auto tables = m_flat.vector(trees, list.index, 4);
        for (std::uint64_t i = 0; i < tables.size() && i < mostFeatures && m_budget.spend(32); ++i) {
            const auto table = m_flat.followTable(tables.start() + 4 * i);
            if (const auto name = inFile(m_flat.text(table, list.name)); !name.empty()) {
                m_parts.field(std::string(list.what) + ' ' + std::to_string(i), name);
            }
        }
        if (tables.size() > mostFeatures) {
            noteOnce(m_out, "too-many-features", "There are more features than the limit", tables.start() + coreAt);
        }
    }

    // What the training left: its settings as JSON, versions, dates.
    void pairs(const FlatReader::Table& root)
    {
        const auto tables = m_flat.vector(root, 2, 4);
        for (std::uint64_t i = 0; i < tables.size() && m_budget.spend(32); ++i) {
            if (i == mostPairs) {
                noteOnce(m_out, "too-many-fields", "There is more metadata than the limit", tables.start() + coreAt);
                return;
            }
            const auto table = m_flat.followTable(tables.start() + 4 * i);
            const auto key = m_parts.text(inFile(m_flat.text(table, 0)));
            const auto value = inFile(m_flat.text(table, 1));
            if (key == "catboost_version_info") {
                build(value);
            } else {
                m_parts.field(toDisplay(key, 100), value);
            }
        }
    }

    // What the release was built from, the same in all models that it makes: who wrote its last change is nothing that
    // the model tells of anybody.
    void build(ByteRange value)
    {
        const auto text = m_parts.text(value);
        constexpr auto release = "Branch: tags/v"sv;
        if (const auto at = text.find(release); at != ByteView::npos) {
            const auto version = text.substr(at + release.size());
            m_model.producer = "CatBoost " + toDisplay(version.substr(0, version.find('\n')), 60);
        }
        m_model.metadata.push_back({"catboost_version_info", toDisplay(text, ModelContent::longestValue), value});
        const auto author = text.find("Author: "sv);
        const auto end = text.find('\n', author == ByteView::npos ? text.size() : author);
        const auto line = author == ByteView::npos ? ByteView() : text.substr(author, end - author);
        const bool known = line.ends_with("@yandex-team.com>") || line.ends_with("@yandex-team.ru>");
        if (!known || line.find('<') == ByteView::npos) {
            m_parts.region(RegionKind::Metadata, value, "catboost_version_info");
            return;
        }
        const auto address = value.start + author + line.rfind('<');
        m_parts.region(RegionKind::Metadata, {value.start, address}, "catboost_version_info");
        m_parts.region(RegionKind::Metadata, {value.start + author + line.size(), value.end}, "catboost_version_info");
    }

    void judge(const FlatLayout& layout, ByteRange whole)
    {
        if (layout.fault) {
            broken({whole.start, whole.start + 4}, "an offset of its tables leads out of them");
            noteOnce(m_out, "flatbuffer-offset", "An offset leads out of the file", whole.start + *layout.fault);
        } else if (!layout.known) {
            broken({whole.start, whole.start + 4}, "its tables cannot be followed");
            noteOnce(m_out, "layout-not-known", "Which bytes belong to nothing was not worked out", whole.start);
        }
        for (const auto gap : layout.gaps) {
            const ByteRange place{whole.start + gap.start, whole.start + gap.end};
            if (!isFiller(m_parts.text(place))) {
                m_model.addLeftover(layout.newer ? "model-unknown-field" : "model-gap", place);
            }
        }
    }

    void partsBehind(const FlatReader::Table& root)
    {
        const auto ids = m_flat.vector(root, 3, 4);
        for (std::uint64_t i = 0; i < ids.size() && m_budget.spend(32); ++i) {
            const auto at = ids.start() + 4 * i;
            const auto target = at + m_flat.number(at, 4).value_or(0);
            const auto length = m_flat.number(target, 4);
            if (!length || *length > m_flat.bytes().size() - target - 4) {
                return; // told with the tables, which lead there as well
            }
            const ByteRange place{target + 4 + coreAt, target + 4 + coreAt + *length};
            const auto name = m_parts.text(place);
            m_parts.field("part " + std::to_string(i), place);
            if (name != "static_provider_v1"sv) {
                m_rest = true;
                noteOnce(m_out, "catboost-part", "Parts behind the trees are of a kind that is not read", m_end);
                return; // nobody says where it ends
            }
            statistics();
        }
    }

    // A count, and as many tables, each behind its size.
    void statistics()
    {
        FlatReader file(m_bytes);
        const auto count = file.number(m_end, 4);
        auto at = m_end + 4;
        std::uint64_t i = 0;
        for (; count && i < *count && m_budget.spend(64); ++i) {
            const auto length = file.number(at, 4);
            if (!length || *length > size() - at - 4) {
                break;
            }
            const ByteRange table{at + 4, at + 4 + *length};
            judge(layoutOf(m_parts.text(table), Root::Statistics, m_budget), table);
            at = table.end;
        }
        if (!count || i < *count) {
            broken({m_end, m_end + 4}, "statistics of its categories are cut off");
            noteOnce(m_out, "catboost-statistics", "Statistics of categories could not be read", m_end);
        }
        m_end = std::min(at, size());
        m_statistics += i;
        m_parts.number("tables of statistics", m_statistics, {});
    }

    void rest()
    {
        if (m_end < size() && !m_rest) {
            m_model.addLeftover("model-trailing", {m_end, size()});
            noteOnce(m_out, "trailing-bytes",
                counted(size() - m_end, "byte follows", "bytes follow") + " the last part of the model", m_end);
        }
    }

    ByteView m_bytes;
    std::uint64_t m_coreEnd;
    FlatReader m_flat;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    ModelParts m_parts;
    std::uint64_t m_end = 0; // of what was read
    std::uint64_t m_statistics = 0;
    bool m_rest = false; // what follows belongs to a part
};

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view /*fileName*/)
{
    return size >= coreAt && head.starts_with("CBM1"sv) ? 90 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    out.hasLines = false;
    out.coverage.total = artifact.view().size();
    auto model = std::make_shared<ModelContent>();
    model->kind = "CatBoost model";
    out.model = model;
    if (artifact.view().size() < coreAt) {
        noteOnce(out, "catboost-cut", "The file is shorter than its header", 0);
        return;
    }
    Reader(artifact, budget, out, *model).run();
}

} // namespace cupel::formats::catboost
