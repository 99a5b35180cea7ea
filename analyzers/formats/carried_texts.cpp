// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/carried_texts.h"

#include "analyzers/base/json_values.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/leftover.h"
#include "analyzers/formats/members.h"
#include "analyzers/formats/pickle/nested.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace cupel::formats {

namespace {

constexpr std::size_t mostFound = 64;
constexpr std::size_t shortest = 12; // of a text that could be one
constexpr std::size_t longestUnescaped = 8 << 20;

class Texts {
public:
    Texts(const Artifact& artifact, Budget& budget, Facts& out)
        : m_artifact(artifact)
        , m_budget(budget)
        , m_out(out)
        , m_text(out.text(artifact))
        , m_leftover(joined(out.model->leftover))
    {
    }

    void run()
    {
        // A copy: what is found adds nothing to them, but it is the same object.
        for (const auto& region : std::vector<Region>(m_out.regions)) {
            if (!m_budget.spend(region.bytes.size()) || m_found.size() >= mostFound) {
                break;
            }
            if (isLeftover(m_out.toFile(region.bytes))) {
                continue; // looked at as that
            }
            if (region.form == TextForm::JsonValue || region.form == TextForm::JsonStringList) {
                strings(region.bytes);
            } else {
                text(region.bytes, region.form == TextForm::JsonString);
            }
        }
        tell();
    }

private:
    struct Found {
        ByteRange place; // in the file
        pickle::NestedPickle pickle;
    };

    [[nodiscard]] bool isLeftover(ByteRange place) const
    {
        const auto next = std::lower_bound(m_leftover.begin(), m_leftover.end(), place.end,
            [](ByteRange one, std::uint64_t end) { return one.start < end; });
        return next != m_leftover.begin() && (next - 1)->end > place.start;
    }

    // Each string of a JSON text, keys as well.
    void strings(ByteRange range)
    {
        const auto end = std::min<std::uint64_t>(range.end, m_text.size());
        for (auto at = m_text.find('"', range.start); at < end && m_found.size() < mostFound;
            at = m_text.find('"', at)) {
            const auto start = ++at;
            while (at < end && m_text[at] != '"') {
                at += m_text[at] == '\\' ? 2 : 1;
            }
            at = std::min(at, end);
            text({start, at}, true);
            ++at;
        }
    }

    void text(ByteRange place, bool json)
    {
        const auto raw = slice(m_text, place);
        if (raw.size() < shortest || m_found.size() >= mostFound) {
            return;
        }
        std::string plain;
        if (json && raw.find('\\') != ByteView::npos) {
            plain = jsonText(m_text, place, longestUnescaped);
        }
        const auto at = m_out.toFile(place);
        const auto same = [at](const Found& one) { return one.place == at; };
        if (std::any_of(m_found.begin(), m_found.end(), same)) {
            return; // several values may name the same bytes
        }
        if (auto found = pickle::nestedInText(plain.empty() ? raw : ByteView(plain), m_budget)) {
            if (!m_budget.inflate(found->bytes.size())) { // what is found is a copy
                noteIncomplete(m_out, "text-pickle-limit", "Pickles in texts are larger together than is unpacked");
                return;
            }
            m_found.push_back({at, std::move(*found)});
        }
    }

    // By the format itself, which knows what it is for: members are named by the place they stand at, with its quote.
    [[nodiscard]] bool isGiven(ByteRange place) const
    {
        const auto at = '-' + std::to_string(place.start) + '.';
        const auto quote = '-' + std::to_string(place.start - std::min<std::uint64_t>(place.start, 1)) + '.';
        return std::any_of(m_out.children.begin(), m_out.children.end(), [&](const ChildArtifact& child) {
            return child.name.find(at) != std::string::npos || child.name.find(quote) != std::string::npos;
        });
    }

    void tell()
    {
        std::erase_if(m_found, [this](const Found& found) { return isGiven(found.place); });
        if (m_found.empty()) {
            return;
        }
        auto model = std::make_shared<ModelContent>(*m_out.model);
        for (auto& [place, found] : m_found) {
            model->addFlaw("text-pickle", place, found.form);
            giveMember(m_artifact, std::make_shared<const std::string>(std::move(found.bytes)), place.start,
                "nested-" + std::to_string(place.start) + ".pkl", m_budget, m_out);
        }
        m_out.model = std::move(model);
    }

    const Artifact& m_artifact;
    Budget& m_budget;
    Facts& m_out;
    ByteView m_text;
    std::vector<ByteRange> m_leftover; // joined
    std::vector<Found> m_found;
};

} // namespace

void judgeTexts(const Artifact& artifact, Budget& budget, Facts& out)
{
    if (out.model && out.format != "pickle") {
        Texts(artifact, budget, out).run();
    }
}

} // namespace cupel::formats
