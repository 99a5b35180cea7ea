// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/seen_in_training.h"

#include "analyzers/lineage/saved_models.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>

namespace cupel::lineage {

namespace {

constexpr std::size_t mostPairs = 1'000'000; // of trainings and measurements that are looked at

using Spot = std::tuple<std::uint32_t, std::int32_t, std::uint64_t>;

Spot spotOf(const Place& place)
{
    return {place.file, place.codeCell, place.bytes.start};
}

class Answers {
public:
    explicit Answers(const LineageGraph& graph)
        : m_graph(graph)
        , m_saved(graph)
    {
        for (std::uint32_t i = 0; i < graph.trainings.size(); ++i) {
            m_trainings[m_saved.firstOf(graph.trainings[i].model)].push_back(i);
        }
        for (std::uint32_t i = 0; i < graph.hazards.size(); ++i) {
            const auto& hazard = graph.hazards[i];
            if (hazard.kind == HazardKind::LeakageOverlap) {
                m_overlaps.emplace(spotOf(hazard.place), i);
            } else if (hazard.kind == HazardKind::LeakagePreprocessing) {
                for (const auto& place : hazard.evidence) { // trainings and measurements
                    m_overlaps.emplace(spotOf(place), i);
                }
            }
        }
    }

    std::vector<SeenInTraining> run()
    {
        std::vector<SeenInTraining> out;
        for (std::uint32_t i = 0; i < m_graph.evaluations.size(); ++i) {
            const auto& evaluation = m_graph.evaluations[i];
            if (evaluation.prediction || evaluation.model == none) {
                continue;
            }
            SeenInTraining worst;
            worst.model = evaluation.model;
            worst.evaluation = i;
            for (const auto training : trainingsBefore(evaluation)) {
                if (++m_pairs > mostPairs) {
                    break;
                }
                auto answer = judge(training, i);
                if (worst.training == none || worst.answer < answer.answer) {
                    worst = std::move(answer);
                }
            }
            out.push_back(std::move(worst));
        }
        return out;
    }

private:
    [[nodiscard]] SeenInTraining judge(std::uint32_t number, std::uint32_t measured) const
    {
        const auto& training = m_graph.trainings[number];
        const auto& evaluation = m_graph.evaluations[measured];
        SeenInTraining out{evaluation.model, measured, number, none, Seen::Unknown, {}};
        std::set_intersection(training.data.begin(), training.data.end(), evaluation.data.begin(),
            evaluation.data.end(), std::back_inserter(out.shared));
        if (const auto hazard = hazardOf(training, evaluation); hazard != none) {
            out.hazard = hazard;
            out.answer = m_graph.hazards[hazard].kind == HazardKind::LeakageOverlap ? Seen::Yes : Seen::Statistics;
        } else if (evaluation.role == Role::Train || evaluation.role == Role::TrainAndTest) {
            out.answer = Seen::Yes;
        } else if (training.data.empty() || evaluation.data.empty()) {
            out.answer = Seen::Unknown;
        } else if (out.shared.empty()) {
            out.answer = Seen::No;
        } else {
            const bool heldOut = evaluation.role == Role::Test || evaluation.role == Role::Validation;
            const bool apart = heldOut && (training.role == Role::Train || training.role == Role::Validation);
            out.answer = apart ? Seen::Parted : Seen::Perhaps;
        }
        return out;
    }

    // Of the model; in the file of the measurement those that stand above it, if there are any.
    [[nodiscard]] std::vector<std::uint32_t> trainingsBefore(const Evaluation& evaluation) const
    {
        const auto known = m_trainings.find(m_saved.firstOf(evaluation.model));
        if (known == m_trainings.end()) {
            return {};
        }
        const auto isLater = [this, &evaluation](std::uint32_t number) {
            const auto& place = m_graph.trainings[number].place;
            return place.file == evaluation.place.file && spotOf(evaluation.place) < spotOf(place);
        };
        auto out = known->second;
        if (!std::all_of(out.begin(), out.end(), isLater)) {
            std::erase_if(out, isLater);
        }
        return out;
    }

    // What was said of these two; of several the worst.
    [[nodiscard]] std::uint32_t hazardOf(const Training& training, const Evaluation& evaluation) const
    {
        const auto at = spotOf(evaluation.place);
        std::uint32_t found = none;
        const auto [first, last] = m_overlaps.equal_range(spotOf(training.place));
        for (auto one = first; one != last; ++one) {
            const auto& hazard = m_graph.hazards[one->second];
            const bool meant = std::any_of(hazard.evidence.begin(), hazard.evidence.end(),
                [&at](const Place& place) { return spotOf(place) == at; });
            if (meant && (found == none || hazard.kind == HazardKind::LeakageOverlap)) {
                found = one->second;
            }
        }
        return found;
    }

    const LineageGraph& m_graph;
    SavedModels m_saved;
    std::map<std::uint32_t, std::vector<std::uint32_t>> m_trainings; // by the model's first node
    std::multimap<Spot, std::uint32_t> m_overlaps; // hazards, by the training
    std::size_t m_pairs = 0;
};

} // namespace

std::string_view toString(Seen seen)
{
    static constexpr std::array<std::string_view, 6> words{"no", "parted", "unknown", "perhaps", "statistics", "yes"};
    return words[static_cast<std::size_t>(seen)];
}

std::vector<SeenInTraining> seenInTraining(const LineageGraph& graph)
{
    return Answers(graph).run();
}

} // namespace cupel::lineage
