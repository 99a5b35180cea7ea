// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/xgboost/xgboost_binary.h"

#include "analyzers/base/utf8.h"
#include "analyzers/formats/tree_field.h"
#include "analyzers/formats/wire.h"

namespace cupel::formats::xgboost {

namespace {

constexpr std::uint64_t longestWord = 4'096; // names of objectives and boosters
constexpr std::uint64_t nodeSize = 20; // parent, two children, what is compared, with what
constexpr std::uint64_t statisticsSize = 16;

class Reader {
public:
    explicit Reader(Wire& wire)
        : m_wire(wire)
    {
    }

    bool run()
    {
        m_wire.seek(binaryMagic.size());
        return parameters() && word("objective", m_objective) && word("booster", m_booster) && booster() && extras();
    }

private:
    bool integer(std::int32_t& value)
    {
        std::uint64_t bits = 0;
        const bool read = m_wire.number(4, bits, false);
        value = static_cast<std::int32_t>(bits);
        return read;
    }

    bool count(std::int32_t& value, std::string_view what)
    {
        return integer(value) && (value >= 0 || m_wire.broken("it has a negative number of " + std::string(what)));
    }

    void field(std::string key, std::string value, ByteRange place)
    {
        auto& fields = m_wire.model().metadata;
        if (fields.size() < ModelContent::mostFields) {
            fields.push_back({std::move(key), std::move(value), place});
        }
    }

    void numberField(std::string key, std::int64_t value, std::uint64_t width)
    {
        field(std::move(key), std::to_string(value), {m_wire.at() - width, m_wire.at()});
    }

    bool parameters()
    {
        std::int32_t features = 0;
        std::int32_t classes = 0;
        std::int32_t major = 0;
        std::int32_t minor = 0;
        if (!m_wire.skip(4) || !integer(features)) { // behind the score to begin with
            return false;
        }
        numberField("features", static_cast<std::uint32_t>(features), 4);
        if (!count(classes, "classes")) {
            return false;
        }
        numberField("classes", classes, 4);
        if (!integer(m_extraAttributes) || !integer(m_evaluations) || !integer(major) || !integer(minor)) {
            return false;
        }
        field("version", std::to_string(major) + '.' + std::to_string(minor), {m_wire.at() - 8, m_wire.at()});
        constexpr std::uint64_t reserved = 4 * 27;
        return m_wire.skip(reserved);
    }

    bool string(ByteRange& place)
    {
        std::uint64_t size = 0;
        if (!m_wire.number(8, size, false)) {
            return false;
        }
        const auto start = m_wire.at();
        if (!m_wire.skip(size)) {
            return false;
        }
        place = {start, start + size};
        return true;
    }

    bool word(std::string key, ByteView& value)
    {
        ByteRange place;
        if (!string(place)) {
            return false;
        }
        if (place.size() > longestWord) {
            return m_wire.broken("a name is longer than any");
        }
        value = slice(m_wire.bytes(), place);
        field(std::move(key), toDisplay(value, ModelContent::longestValue), place);
        m_wire.text(place, "name");
        return true;
    }

    bool booster()
    {
        if (m_booster == "gbtree" || m_booster == "dart") {
            return trees() && (m_booster != "dart" || floats());
        }
        if (m_booster == "gblinear") {
            constexpr std::uint64_t linearParameters = 136;
            return m_wire.skip(linearParameters) && floats();
        }
        return m_wire.broken("it names a booster that XGBoost does not have");
    }

    bool floats()
    {
        std::uint64_t count = 0;
        if (!m_wire.number(8, count, false)) {
            return false;
        }
        return count <= m_wire.left() / 4 ? m_wire.skip(4 * count)
                                          : m_wire.broken("a list has more numbers than there are bytes");
    }

    bool trees()
    {
        std::int32_t trees = 0;
        if (!count(trees, "trees")) {
            return false;
        }
        numberField("trees", trees, 4);
        constexpr std::uint64_t parameters = 156; // the rest of them
        constexpr std::uint64_t shortestTree = 148;
        if (!m_wire.skip(parameters)) {
            return false;
        }
        if (static_cast<std::uint64_t>(trees) > m_wire.left() / shortestTree) {
            return m_wire.broken("it has more trees than there are bytes");
        }
        for (std::int32_t i = 0; i < trees; ++i) {
            if (!m_wire.spend(shortestTree) || !tree(static_cast<std::uint64_t>(i))) {
                return false;
            }
        }
        return m_wire.skip(4 * static_cast<std::uint64_t>(trees)); // the class each is for
    }

    bool tree(std::uint64_t index)
    {
        const auto start = m_wire.at();
        std::int32_t roots = 0;
        std::int32_t nodes = 0;
        std::int32_t leafVector = 0; // values of a leaf; one of them stands in its node, from version 2 on
        constexpr std::uint64_t behindNodes = 4 * 3;
        constexpr std::uint64_t reserved = 4 * 31;
        if (!integer(roots) || !count(nodes, "nodes") || !m_wire.skip(behindNodes) || !integer(leafVector)
            || !m_wire.skip(reserved)) {
            return false;
        }
        if (static_cast<std::uint64_t>(nodes) > m_wire.left() / (nodeSize + statisticsSize)) {
            return m_wire.broken("a tree has more nodes than there are bytes");
        }
        for (std::int32_t i = 0; i < nodes; ++i) {
            std::int32_t parent = 0;
            const auto place = m_wire.at();
            std::int32_t children[2] = {};
            if (!m_wire.spend(nodeSize) || !integer(parent) || !integer(children[0]) || !integer(children[1])
                || !m_wire.skip(8)) {
                return false;
            }
            for (const auto child : children) {
                if (child < -1 || child >= nodes) {
                    m_wire.model().addFlaw("ubjson-child", {place, place + nodeSize},
                        std::to_string(child) + " of " + std::to_string(nodes));
                }
            }
        }
        if (!m_wire.skip(static_cast<std::uint64_t>(nodes) * statisticsSize) || (leafVector > 1 && !floats())) {
            return false;
        }
        addTree(m_wire.model(), m_wire.bytes(), index, static_cast<std::uint64_t>(nodes), {start, m_wire.at()});
        return true;
    }

    // What people and the objective keep with it.
    bool extras()
    {
        if (m_extraAttributes != 0 && !pairs()) {
            return false;
        }
        ByteRange place;
        if (m_objective == "count:poisson" && !string(place)) {
            return false;
        }
        return m_evaluations == 0 || strings();
    }

    bool room(std::uint64_t count, std::uint64_t shortest)
    {
        return count <= m_wire.left() / shortest || m_wire.broken("a list has more texts than there are bytes");
    }

    // People may call an attribute like a property that the format has.
    [[nodiscard]] std::string ownKey(std::string key)
    {
        constexpr std::size_t mostProperties = 16; // they come first
        const auto& fields = m_wire.model().metadata;
        const auto end = fields.begin() + static_cast<std::ptrdiff_t>(std::min(fields.size(), mostProperties));
        const bool taken = std::any_of(fields.begin(), end, [&key](const ModelField& one) { return one.key == key; });
        return taken ? "attributes." + key : key;
    }

    bool pairs()
    {
        std::uint64_t count = 0;
        if (!m_wire.number(8, count, false) || !room(count, 16)) {
            return false;
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            ByteRange key;
            ByteRange value;
            if (!m_wire.spend(16) || !string(key) || !string(value)) {
                return false;
            }
            field(ownKey(toDisplay(slice(m_wire.bytes(), key), 200)),
                toDisplay(slice(m_wire.bytes(), value), ModelContent::longestValue), value);
            m_wire.text(key, "key");
            m_wire.text(value, "attribute");
        }
        return true;
    }

    bool strings()
    {
        std::uint64_t count = 0;
        if (!m_wire.number(8, count, false) || !room(count, 8)) {
            return false;
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            ByteRange place;
            if (!m_wire.spend(8) || !string(place)) {
                return false;
            }
            m_wire.text(place, "metric");
        }
        return true;
    }

    Wire& m_wire;
    ByteView m_objective;
    ByteView m_booster;
    std::int32_t m_extraAttributes = 0;
    std::int32_t m_evaluations = 0;
};

} // namespace

void readBinary(const Artifact& artifact, Budget& budget, Facts& out)
{
    Wire wire(artifact, budget, out, "XGBoost model, binary form of before 2.1", "xgboost-broken");
    wire.finish(Reader(wire).run());
}

} // namespace cupel::formats::xgboost
