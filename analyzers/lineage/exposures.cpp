// SPDX-License-Identifier: GPL-3.0-or-later
// The ways from what comes from outside to where it is loaded, served or learnt, over the pieces of all files.
#include "analyzers/lineage/flow_piece.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxWork = 20'000'000; // hops looked at, over all
constexpr std::size_t maxExposures = 10'000;
constexpr std::size_t maxWay = 16; // steps

struct Hop {
    std::uint32_t piece = 0;
    const FlowHop* hop = nullptr;
    std::uint32_t from = none; // points of all pieces
    std::uint32_t to = none;
};

class Walker {
public:
    Walker(const std::vector<const FlowPiece*>& pieces, Budget& budget)
        : m_pieces(pieces)
        , m_budget(budget)
    {
        for (std::uint32_t p = 0; p < pieces.size(); ++p) {
            std::vector<std::uint32_t> own;
            for (const auto& point : pieces[p]->points) {
                const auto [at, fresh] = m_ids.try_emplace(point.id, static_cast<std::uint32_t>(m_points.size()));
                if (fresh) {
                    m_points.push_back(&point);
                }
                own.push_back(at->second);
            }
            for (const auto& hop : pieces[p]->hops) {
                m_hops.push_back({p, &hop, own[hop.from], own[hop.to]});
            }
            m_own.push_back(std::move(own));
        }
        m_into.resize(m_points.size());
        m_out.resize(m_points.size());
        for (std::uint32_t i = 0; i < m_hops.size(); ++i) {
            m_into[m_hops[i].to].push_back(i);
            m_out[m_hops[i].from].push_back(i);
        }
    }

    std::vector<Exposure> run()
    {
        for (std::uint32_t p = 0; p < m_pieces.size(); ++p) {
            for (const auto& load : m_pieces[p]->loads) {
                loaded(p, load);
            }
        }
        for (std::uint32_t i = 0; i < m_points.size(); ++i) {
            if (m_points[i]->kind == NodeKind::Endpoint) {
                served(i);
            }
        }
        for (const auto& hop : m_hops) {
            learnt(hop);
        }
        const auto key = [](const Exposure& one) { return std::tuple(one.piece, one.place.bytes.start, one.kind); };
        std::stable_sort(
            m_found.begin(), m_found.end(), [&](const Exposure& a, const Exposure& b) { return key(a) < key(b); });
        joinServed();
        return std::move(m_found);
    }

private:
    // One thing served at several places of a file, or made ready at one and started at another, is one cause.
    void joinServed()
    {
        std::map<std::pair<std::uint32_t, std::string_view>, std::size_t> first; // by piece and origin
        std::vector<Exposure> kept;
        kept.reserve(m_found.size()); // names of origins stay where they are
        for (auto& one : m_found) {
            if (one.kind == Exposure::Kind::Served) {
                const auto known = first.find({one.piece, one.origin});
                if (known != first.end()) {
                    kept[known->second].served.push_back({one.piece, one.place});
                    continue;
                }
            }
            kept.push_back(std::move(one));
            if (kept.back().kind == Exposure::Kind::Served) {
                first.emplace(std::pair(kept.back().piece, std::string_view(kept.back().origin)), kept.size() - 1);
            }
        }
        m_found = std::move(kept);
    }

    [[nodiscard]] bool work(std::size_t steps)
    {
        m_work += steps;
        return m_work <= maxWork && m_budget.spend(steps) && m_found.size() < maxExposures;
    }

    // A folder that is written holds the files in it; not so the one that the code stands in.
    [[nodiscard]] std::vector<std::uint32_t> hopsInto(std::uint32_t point)
    {
        auto list = m_into[point];
        std::string_view id = m_points[point]->id;
        for (auto slash = id.rfind('/'); slash != std::string_view::npos && slash > 5 && id.starts_with("file:");
            slash = id.rfind('/')) {
            id = id.substr(0, slash);
            const auto folder = m_ids.find(std::string(id));
            const auto written = folder == m_ids.end() ? std::vector<std::uint32_t>() : m_into[folder->second];
            for (const auto hop : written) {
                // Not all that lies beside code comes from an archive that was unpacked there.
                const auto& file = m_pieces[m_hops[hop].piece]->file;
                if (file.rfind(std::string(id.substr(5)) + '/', 0) != 0) {
                    list.push_back(hop);
                }
            }
        }
        return list;
    }

    // The nearest point behind `starts` that is wanted, with the hops that lead from it. `raw`: bytes must stay.
    template <typename Wanted>
    bool nearest(const std::vector<std::uint32_t>& starts, bool raw, const Wanted& wanted,
        std::vector<std::uint32_t>& way, std::uint32_t& origin)
    {
        std::unordered_map<std::uint32_t, std::uint32_t> cameBy; // point -> hop that leaves it
        std::deque<std::uint32_t> open(starts.begin(), starts.end());
        for (const auto start : starts) {
            cameBy.emplace(start, none);
        }
        while (!open.empty() && work(1)) {
            const auto at = open.front();
            open.pop_front();
            if (wanted(at)) {
                origin = at;
                for (auto hop = cameBy[at]; hop != none && way.size() < maxWay; hop = cameBy[m_hops[hop].to]) {
                    way.push_back(hop);
                    if (!cameBy.contains(m_hops[hop].to)) { // it went on by a file in the folder
                        break;
                    }
                }
                return true;
            }
            for (const auto index : hopsInto(at)) {
                const auto& hop = m_hops[index];
                if ((hop.hop->raw || !raw) && cameBy.try_emplace(hop.from, index).second) {
                    open.push_back(hop.from);
                }
                if (!work(1)) {
                    break;
                }
            }
        }
        return false;
    }

    static void addStep(std::vector<Exposure::Step>& way, std::uint32_t piece, const Place& place)
    {
        const bool again = !way.empty() && way.back().piece == piece && way.back().place.cell == place.cell
            && way.back().place.line == place.line;
        if (!again && way.size() < maxWay) {
            way.push_back({piece, place});
        }
    }

    void describe(Exposure& one, const std::vector<std::uint32_t>& way, std::uint32_t origin)
    {
        const auto& point = *m_points[origin];
        one.origin = point.label;
        one.model = point.kind == NodeKind::ModelFile;
        one.checked = m_pieces[one.piece]->checked;
        for (const auto index : way) {
            const auto& hop = m_hops[index];
            one.checked = one.checked || m_pieces[hop.piece]->checked;
            addStep(one.way, hop.piece, hop.hop->leaves);
            addStep(one.way, hop.piece, hop.hop->arrives);
        }
        const bool last = !one.way.empty() && one.way.back().piece == one.piece
            && one.way.back().place.cell == one.place.cell && one.way.back().place.line == one.place.line;
        if (last) {
            one.way.pop_back(); // it is the place itself
        }
    }

    void loaded(std::uint32_t piece, const FlowLoad& load)
    {
        std::vector<std::uint32_t> starts;
        for (const auto from : load.from) {
            starts.push_back(m_own[piece][from]);
        }
        std::vector<std::uint32_t> way;
        std::uint32_t origin = none;
        if (!nearest(starts, true, [this](std::uint32_t at) { return m_points[at]->web; }, way, origin)) {
            return;
        }
        Exposure one;
        one.piece = piece;
        one.place = load.place;
        describe(one, way, origin);
        endpointsOf(starts, one);
        for (const auto start : starts) {
            m_loaded.insert(start);
        }
        m_found.push_back(std::move(one));
    }

    void endpointsOf(const std::vector<std::uint32_t>& starts, Exposure& one)
    {
        std::set<std::uint32_t> seen(starts.begin(), starts.end());
        std::vector<std::uint32_t> open = starts;
        while (!open.empty() && work(1)) {
            const auto at = open.back();
            open.pop_back();
            for (const auto index : m_out[at]) {
                const auto& hop = m_hops[index];
                const bool fresh = seen.insert(hop.to).second;
                if (fresh && m_points[hop.to]->kind == NodeKind::Endpoint && one.served.size() < 4) {
                    one.served.push_back({hop.piece, hop.hop->arrives});
                } else if (fresh) {
                    open.push_back(hop.to);
                }
            }
        }
    }

    void served(std::uint32_t endpoint)
    {
        std::vector<std::uint32_t> way;
        std::uint32_t origin = none;
        const auto wanted = [&](std::uint32_t at) {
            return at != endpoint && (m_points[at]->unpinned || m_points[at]->web) && !m_loaded.contains(at);
        };
        if (!nearest({endpoint}, false, wanted, way, origin)) {
            return;
        }
        const bool told = std::any_of(way.begin(), way.end(), [this](std::uint32_t hop) {
            return m_loaded.contains(m_hops[hop].to) || m_loaded.contains(m_hops[hop].from);
        });
        if (told || way.empty()) { // where it is loaded it was said
            return;
        }
        Exposure one;
        one.kind = Exposure::Kind::Served;
        one.piece = m_hops[way.back()].piece;
        one.place = m_hops[way.back()].hop->arrives;
        describe(one, way, origin);
        m_found.push_back(std::move(one));
    }

    void learnt(const Hop& hop)
    {
        const auto& from = *m_points[hop.from];
        const bool file = m_points[hop.to]->kind == NodeKind::ModelFile && !m_points[hop.to]->unpinned;
        if (!hop.hop->learnt || !file || !from.web || from.kind == NodeKind::ModelFile || !work(1)
            || !m_learnt.emplace(hop.piece, hop.hop->arrives.bytes.start).second) {
            return;
        }
        Exposure one;
        one.kind = Exposure::Kind::Learnt;
        one.piece = hop.piece;
        one.place = hop.hop->arrives;
        one.origin = from.label;
        one.checked = m_pieces[hop.piece]->checked;
        addStep(one.way, hop.piece, hop.hop->leaves);
        m_found.push_back(std::move(one));
    }

    const std::vector<const FlowPiece*>& m_pieces;
    Budget& m_budget;
    std::vector<const FlowPoint*> m_points;
    std::unordered_map<std::string, std::uint32_t> m_ids;
    std::vector<std::vector<std::uint32_t>> m_own; // by piece and point in it
    std::vector<Hop> m_hops;
    std::vector<std::vector<std::uint32_t>> m_into;
    std::vector<std::vector<std::uint32_t>> m_out;
    std::vector<Exposure> m_found;
    std::set<std::uint32_t> m_loaded; // points that an unsafe call reads, and that come from outside
    std::set<std::pair<std::uint32_t, std::uint64_t>> m_learnt;
    std::size_t m_work = 0;
};

} // namespace

std::vector<Exposure> exposures(const std::vector<const FlowPiece*>& pieces, Budget& budget)
{
    return Walker(pieces, budget).run();
}

} // namespace cupel::lineage
