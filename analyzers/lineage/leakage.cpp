// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/leakage.h"

#include "analyzers/lineage/saved_models.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::lineage {

namespace {

constexpr std::string_view severalModels = "several"; // as many as a loop makes

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
        const auto [known, fresh] =
            m_seen.emplace(std::tuple(kind, place.file, place.codeCell, place.bytes.start), m_out.hazards.size());
        if (fresh) {
            m_out.hazards.push_back({kind, place, std::move(names), std::move(why), std::move(evidence)});
            return;
        }
        auto& told = m_out.hazards[known->second].evidence;
        for (auto& one : evidence) {
            if (told.size() < mostEvidence && std::find(told.begin(), told.end(), one) == told.end()) {
                told.push_back(std::move(one));
            }
        }
    }

    // Whether a model knew of the training when it was measured. What is watched during a training belongs to it.
    [[nodiscard]] bool isBefore(const Trace::Use& training, const Trace::Use& test) const
    {
        return test.watched || &training < &test;
    }

    // Statistics of rows that are held out, in what the model was fitted on.
    void preprocessing(const Trace::Use& test)
    {
        for (const auto& training : m_trace.uses()) {
            ++m_work;
            if (!training.training || training.remote || !m_trace.remembers(test.model, training.model)
                || !isBefore(training, test) || m_work > maxWork) {
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
            if (!training.training || training.remote || !m_trace.remembers(test.model, training.model)
                || !isBefore(training, test) || m_work > maxWork) {
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

    // Several models chosen among by one test set, and no other set that they could have been chosen by.
    void manyTests()
    {
        std::map<std::pair<std::uint32_t, Marks>, std::set<std::uint32_t>> models;
        std::map<std::pair<std::uint32_t, Marks>, std::vector<Place>> places;
        std::set<std::uint32_t> validates;
        const SavedModels saved(m_out);
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
                models[key].insert(saved.firstOf(m_trace.firstOfObject(use.model)));
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
                    (used.contains(none) ? std::string(severalModels) : std::to_string(used.size()))
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
    static constexpr std::size_t mostEvidence = 20; // places of one hazard
    const Trace& m_trace;
    LineageGraph& m_out;
    std::size_t m_work = 0;
    std::map<std::tuple<HazardKind, std::uint32_t, std::int32_t, std::uint64_t>, std::size_t> m_seen; // hazards
};

} // namespace

void findLeaks(const Trace& trace, LineageGraph& out)
{
    Leaks(trace, out).find();
}

void settleLeaks(LineageGraph& graph)
{
    const auto told = [](const Hazard& hazard) {
        return hazard.kind == HazardKind::MultiTest && !hazard.why.starts_with(severalModels);
    };
    if (std::none_of(graph.hazards.begin(), graph.hazards.end(), told)) {
        return;
    }
    using Spot = std::tuple<std::uint32_t, std::int32_t, std::uint64_t>;
    const auto spot = [](const Place& place) { return Spot(place.file, place.codeCell, place.bytes.start); };
    const SavedModels saved(graph);
    std::map<Spot, std::set<std::uint32_t>> models;
    for (const auto& evaluation : graph.evaluations) {
        models[spot(evaluation.place)].insert(saved.firstOf(evaluation.model));
    }
    std::erase_if(graph.hazards, [&](const Hazard& hazard) {
        auto used = told(hazard) ? models[spot(hazard.place)] : std::set<std::uint32_t>{};
        for (const auto& place : told(hazard) ? hazard.evidence : std::vector<Place>{}) {
            const auto& more = models[spot(place)];
            used.insert(more.begin(), more.end());
        }
        return used.size() == 1 && !used.contains(none);
    });
}

} // namespace cupel::lineage
