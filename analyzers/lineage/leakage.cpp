// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/leakage.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::lineage {

namespace {

bool isHeldOut(Role role)
{
    return role == Role::Test || role == Role::Validation;
}

class Leaks {
public:
    Leaks(const Trace& trace, LineageGraph& out)
        : m_trace(trace)
        , m_out(out)
    {
    }

    void find()
    {
        for (const auto& use : m_trace.uses()) {
            if (m_work > maxWork) {
                m_out.complete = false;
                break;
            }
            if (!use.training && isHeldOut(use.role)) {
                preprocessing(use);
                if (isMeasured(use)) {
                    overlap(use);
                }
            } else if (use.training && use.folds) {
                crossValidation(use);
            }
        }
        manyTests();
        labels();
    }

private:
    // What is only predicted tells nobody how good the model is.
    [[nodiscard]] bool isMeasured(const Trace::Use& use) const
    {
        if (use.watched) {
            return true;
        }
        const auto& metric = m_out.evaluations[use.index].metric;
        return metric != "predict" && metric != "predict_proba" && metric != "transform"; // of Spark
    }

    [[nodiscard]] Place placeOf(const Trace::Use& use) const
    {
        return use.training || use.watched ? m_out.trainings[use.index].place : m_out.evaluations[use.index].place;
    }

    void add(HazardKind kind, const Place& place, std::string why, std::vector<Place> evidence,
        std::vector<std::string> names = {})
    {
        if (m_seen.emplace(kind, place.file, place.codeCell, place.bytes.start).second) {
            m_out.hazards.push_back({kind, place, std::move(names), std::move(why), std::move(evidence)});
        }
    }

    // Statistics of rows that are held out, in what the model was fitted on.
    void preprocessing(const Trace::Use& test)
    {
        for (const auto& training : m_trace.uses()) {
            ++m_work;
            if (!training.training || training.remote || training.model != test.model || m_work > maxWork) {
                continue;
            }
            for (const auto& fit : m_trace.fits()) {
                ++m_work;
                const bool inTraining = std::any_of(fit.rows.begin(), fit.rows.end(), [&](auto set) {
                    return std::binary_search(training.fittedOn.begin(), training.fittedOn.end(), set);
                });
                const bool inTest = std::any_of(fit.rows.begin(), fit.rows.end(),
                    [&](auto set) { return std::binary_search(test.fittedOn.begin(), test.fittedOn.end(), set); });
                const bool told = fit.transformer && (inTraining || inTest) && rowsOverlap(fit.rows, test.rows)
                    && rowsOverlap(fit.rows, training.rows) && !rowsSame(fit.rows, test.rows);
                if (told) {
                    add(HazardKind::LeakagePreprocessing, fit.place,
                        fit.type.substr(fit.type.rfind('.') + 1)
                            + " is fitted on rows that the model is measured on later",
                        {placeOf(training), placeOf(test)});
                }
            }
        }
    }

    // The folds are made of rows whose statistics are in them already.
    void crossValidation(const Trace::Use& use)
    {
        for (const auto& fit : m_trace.fits()) {
            ++m_work;
            const bool inside = std::any_of(fit.rows.begin(), fit.rows.end(),
                [&](auto set) { return std::binary_search(use.fittedOn.begin(), use.fittedOn.end(), set); });
            if (fit.transformer && inside && rowsOverlap(fit.rows, use.rows)) {
                add(HazardKind::LeakagePreprocessing, fit.place,
                    fit.type.substr(fit.type.rfind('.') + 1)
                        + " is fitted on all rows before they are parted into folds",
                    {placeOf(use)});
            }
        }
    }

    void overlap(const Trace::Use& test)
    {
        for (const auto& training : m_trace.uses()) {
            ++m_work;
            if (!training.training || training.remote || training.model != test.model || m_work > maxWork) {
                continue;
            }
            const bool drawn = training.sample && sameRoot(training.rows, test.rows) && test.sample;
            const bool shared = !training.folds && rowsOverlap(training.rows, test.rows);
            if (drawn || shared) {
                add(HazardKind::LeakageOverlap, placeOf(training),
                    drawn ? "rows were drawn more than once before the split: some stand on both sides"
                          : "the model is fitted on rows that it is measured on",
                    {placeOf(test)});
            }
        }
    }

    using Links = std::map<std::uint32_t, std::vector<std::uint32_t>>;

    // What names and models that nobody here trains are read from, or made of.
    [[nodiscard]] Links madeFrom() const
    {
        std::set<std::uint32_t> learnt;
        for (const auto& training : m_out.trainings) {
            learnt.insert(training.model);
        }
        Links before;
        for (const auto& edge : m_out.edges) {
            const bool model = m_out.nodes[edge.to].kind == NodeKind::Model && !learnt.contains(edge.to)
                && (edge.rule == "made" || edge.kind == EdgeKind::Loads);
            if (model || m_out.nodes[edge.to].kind == NodeKind::Variable) {
                before[edge.to].push_back(edge.from);
            }
        }
        return before;
    }

    // The one that saved what `model` was read back from, or the file itself, when nobody here writes it. A name that
    // saves what it was read from leads on. none: nobody knows.
    [[nodiscard]] std::uint32_t savedBy(std::uint32_t model, const Links& before, const Links& writers)
    {
        std::vector<std::pair<std::uint32_t, bool>> work{{model, true}}; // and whether all of it is this
        std::uint32_t file = none;
        for (std::size_t k = 0; k < work.size() && work.size() < 64; ++k) {
            const auto [node, whole] = work[k];
            const auto hit = writers.find(node);
            const auto more = node != model || k == 0 ? before.find(node) : before.end();
            m_work += 1 + (more != before.end() ? more->second.size() : 0);
            if (hit != writers.end() && hit->second.size() == 1) {
                const auto saver = hit->second.front();
                if (m_out.nodes[saver].kind == NodeKind::Model && saver != model) {
                    return saver;
                }
                if (m_out.nodes[saver].kind == NodeKind::Variable) {
                    work.emplace_back(saver, whole);
                }
            } else if (hit == writers.end() && whole && m_out.nodes[node].kind == NodeKind::ModelFile) {
                file = file == none ? node : file;
            } else if (hit == writers.end() && more != before.end()) {
                for (const auto from : more->second) {
                    work.emplace_back(from, whole && more->second.size() == 1);
                }
            }
        }
        return file;
    }

    // Models that were read back: which one each is, as far as that is known.
    [[nodiscard]] std::map<std::uint32_t, std::uint32_t> savedModels()
    {
        Links writers; // of files: what is saved there as a model
        for (const auto& edge : m_out.edges) {
            if (edge.kind == EdgeKind::Saves) {
                writers[edge.to].push_back(edge.from);
            } else if (edge.kind == EdgeKind::Writes) {
                writers.try_emplace(edge.to);
            }
        }
        const auto before = madeFrom();
        std::map<std::uint32_t, std::uint32_t> same;
        for (const auto& [model, froms] : before) {
            if (m_out.nodes[model].kind == NodeKind::Model && m_work <= maxWork) {
                if (const auto saved = savedBy(model, before, writers); saved != none) {
                    same.emplace(model, saved);
                }
            }
        }
        return same;
    }

    // Read back, saved again, read back: the first of them.
    [[nodiscard]] static std::uint32_t firstOf(std::uint32_t model, const std::map<std::uint32_t, std::uint32_t>& same)
    {
        constexpr int most = 64;
        for (int hops = 0; hops < most; ++hops) {
            const auto hit = same.find(model);
            if (hit == same.end()) {
                break;
            }
            model = hit->second;
        }
        return model;
    }

    // Several models chosen among by one test set, and no other set that they could have been chosen by.
    void manyTests()
    {
        std::map<std::pair<std::uint32_t, Marks>, std::set<std::uint32_t>> models;
        std::map<std::pair<std::uint32_t, Marks>, std::vector<Place>> places;
        std::set<std::uint32_t> validates;
        const auto saved = savedModels();
        for (const auto& use : m_trace.uses()) {
            if (use.training) {
                continue;
            }
            const auto place = placeOf(use);
            if (use.role == Role::Validation) {
                validates.insert(place.file);
            }
            if (use.role == Role::Test && !use.watched && isMeasured(use)) {
                const auto key = std::make_pair(place.file, use.rows);
                models[key].insert(firstOf(use.model, saved));
                if (use.repeated) {
                    models[key].insert(none);
                }
                places[key].push_back(place);
            }
        }
        for (const auto& [key, used] : models) {
            if (used.size() > 1 && !validates.contains(key.first)) {
                const auto& where = places[key];
                add(HazardKind::MultiTest, where.back(),
                    (used.contains(none) ? std::string("several") : std::to_string(used.size()))
                        + " models are measured on the same test rows, and none on other rows",
                    {where.begin(), where.end() - 1});
            }
        }
    }

    void labels()
    {
        for (const auto& [place, name] : m_trace.labelLeaks()) {
            add(HazardKind::LabelInFeatures, place, "the label is one of the features", {}, {std::string(name)});
        }
        for (const auto& training : m_out.trainings) {
            for (const auto& label : training.labelColumns) {
                const auto& features = training.featureColumns;
                if (training.labelColumns.size() == 1
                    && std::find(features.begin(), features.end(), label) != features.end() && features.size() > 1) {
                    add(HazardKind::LabelInFeatures, training.place, "the label is one of the features", {}, {label});
                }
            }
        }
    }

    [[nodiscard]] bool rowsOverlap(const Marks& a, const Marks& b)
    {
        m_work += a.size() * b.size();
        return m_trace.rows().overlap(a, b);
    }
    [[nodiscard]] static bool rowsSame(const Marks& a, const Marks& b) { return a == b; }
    [[nodiscard]] bool sameRoot(const Marks& a, const Marks& b)
    {
        m_work += a.size() * b.size();
        const auto root = [this](std::uint32_t set) {
            while (m_trace.rows()[set].parent != none) {
                set = m_trace.rows()[set].parent;
            }
            return set;
        };
        return std::any_of(a.begin(), a.end(), [&](auto one) {
            return std::any_of(b.begin(), b.end(), [&](auto two) { return root(one) == root(two); });
        });
    }

    static constexpr std::size_t maxWork = 4'000'000; // comparisons, over one file
    const Trace& m_trace;
    LineageGraph& m_out;
    std::size_t m_work = 0;
    std::set<std::tuple<HazardKind, std::uint32_t, std::int32_t, std::uint64_t>> m_seen;
};

} // namespace

void findLeaks(const Trace& trace, LineageGraph& out)
{
    Leaks(trace, out).find();
}

} // namespace cupel::lineage
