// SPDX-License-Identifier: GPL-3.0-or-later
// What a model learns with: the constants that its class, the call that trains it, compile() and the steps of a
// pipeline were given, by the names that their libraries give them.
#pragma once

#include "analyzers/lineage/things.h"
#include "analyzers/lineage/trace_call.h"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::lineage {

class Hyperparameters {
public:
    using List = std::vector<std::pair<std::string, std::string>>;

    Hyperparameters(const std::deque<Thing>& things, List& into)
        : m_things(things)
        , m_into(into)
    {
    }

    void ofModel(const Thing& model);
    // fit(epochs=5), train({"eta": 0.1}, rows, 100); `trainer`: whose method it is, TrainingArguments and all.
    void ofCall(const TraceCall& site, const Thing& trainer);
    // Where values came from that a file of settings gave.
    [[nodiscard]] const Marks& from() const { return m_from; }
    // model.compile(optimizer=..., loss=...) stays with the model.
    static void keepCompiled(Thing& model, const TraceCall& site);

private:
    [[nodiscard]] const Thing& at(Ref ref) const { return m_things[ref]; }
    void add(std::string name, const Thing& value);
    void ofOptimizer(const Thing& optimizer);
    void constants(const Thing& of, const std::string& prefix);
    void parts(const Thing& of, const std::string& prefix, int depth);
    void part(Ref step, const std::string& prefix, int depth);
    void compiled(const Thing& model);
    [[nodiscard]] Ref givenAs(const Thing& thing, std::initializer_list<std::string_view> names) const;

    const std::deque<Thing>& m_things;
    List& m_into;
    Marks m_from;
    std::size_t m_seen = 0; // steps that were looked at
};

} // namespace cupel::lineage
