// SPDX-License-Identifier: GPL-3.0-or-later
// What a model says in words: metadata, templates, what its pickles call, its operators.
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/review/compare_model_steps.h"

#include <algorithm>

namespace cupel::review {

namespace {

// Whether two values are the same down to the last byte: a field keeps only the beginning of a long one.
bool sameValue(const Analysis& before, const ModelField& old, const Analysis& after, const ModelField& now)
{
    if (old.value != now.value) {
        return false;
    }
    const bool cut = old.value.size() + 8 >= ModelContent::longestValue;
    const auto left = slice(before.artifact.view(), old.bytes);
    const auto right = slice(after.artifact.view(), now.bytes);
    // A list is shown by its length: its bytes are the value. Formats without places have both empty.
    return left == right || (!cut && old.value.find("\u00d7") == std::string::npos);
}

struct Templated {
    const FileChange* file = nullptr;
    const Analysis* analysis = nullptr;
    const Region* region = nullptr;
};

std::vector<Templated> templatesOf(const FileChange& file, const AnalysisPtr& analysis)
{
    std::vector<Templated> out;
    for (std::size_t i = 0; analysis && i < analysis->facts.regions.size(); ++i) {
        if (analysis->facts.regions[i].kind == RegionKind::Template) {
            out.push_back({&file, analysis.get(), &analysis->facts.regions[i]});
        }
    }
    return out;
}

class TemplateComparer {
public:
    TemplateComparer(Masks& masks, Budget& budget, ModelComparison& out)
        : m_masks(masks)
        , m_budget(budget)
        , m_out(out)
    {
    }

    void run(const std::vector<FileChange>& files)
    {
        for (const auto& file : files) {
            auto before = templatesOf(file, file.before);
            auto after = templatesOf(file, file.after);
            match(before, after);
            m_gone.insert(m_gone.end(), before.begin(), before.end());
            m_fresh.insert(m_fresh.end(), after.begin(), after.end());
        }
        match(m_gone, m_fresh);
        for (const auto& one : m_fresh) {
            add(ModelChange::Added, one, {}, textOf(one));
        }
        for (const auto& one : m_gone) {
            add(ModelChange::Removed, one, textOf(one), {});
        }
    }

private:
    void match(std::vector<Templated>& before, std::vector<Templated>& after)
    {
        std::vector<Templated> left;
        for (const auto& now : after) {
            const auto old = std::find_if(before.begin(), before.end(),
                [&now](const Templated& one) { return one.region->name == now.region->name; });
            if (old == before.end() || !m_budget.spend(before.size())) {
                left.push_back(now);
                continue;
            }
            if (slice(old->analysis->facts.text(old->analysis->artifact), old->region->bytes)
                == slice(now.analysis->facts.text(now.analysis->artifact), now.region->bytes)) {
                m_out.sameTemplates.add({shownName(now), placeOf(*now.file), {}, {}, {}, 0});
            } else {
                add(ModelChange::Changed, now, textOf(*old), textOf(now));
            }
            before.erase(old);
        }
        after = std::move(left);
    }

    std::string textOf(const Templated& one)
    {
        if (!m_budget.spend(one.region->bytes.size())) {
            m_out.complete = false;
            return {};
        }
        return fixes::shownRegion(*one.analysis, *one.region);
    }

    void add(ModelChange kind, const Templated& one, const std::string& before, const std::string& after)
    {
        m_out.templates.push_back({kind, shownName(one), placeOf(*one.file), fixes::compareTexts(before, after)});
    }

    std::string shownName(const Templated& one)
    {
        const auto& name = one.region->name;
        return m_masks.shown(*one.analysis, name == "template" ? std::string() : name);
    }

    Masks& m_masks;
    Budget& m_budget;
    ModelComparison& m_out;
    std::vector<Templated> m_gone;
    std::vector<Templated> m_fresh;
};

// A line of the program each; empty: no pickle.
std::string programOf(const AnalysisPtr& analysis, Masks& masks, Budget& budget, bool& complete)
{
    const auto* pickle = analysis ? formats::pickleFacts(analysis->facts) : nullptr;
    std::string out;
    for (std::size_t i = 0; pickle && i < pickle->program.size(); ++i) {
        const auto& line = pickle->program[i].text;
        if (!budget.spend(line.text.size() + 1)) {
            complete = false;
            break;
        }
        out += masks.shown(*analysis, formats::withoutSensitive(line, analysis->sensitive)) + '\n';
    }
    return out;
}

struct Counted {
    std::string file;
    std::uint64_t before = 0;
    std::uint64_t after = 0;
};
using Names = std::map<std::string, Counted>;

std::vector<NameChange> changesOf(const Names& names, bool counts, SameParts& same)
{
    std::vector<NameChange> out;
    for (const auto& [name, one] : names) {
        if (one.before > 0 && one.after > 0 && (!counts || one.before == one.after)) {
            same.add({name, one.file, {}, {}, {}, one.after});
            continue;
        }
        const auto kind = one.before == 0 ? ModelChange::Added
            : one.after == 0              ? ModelChange::Removed
                                          : ModelChange::Changed;
        out.push_back({kind, name, one.file, one.before, one.after});
    }
    return out;
}

} // namespace

void compareMetadata(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out)
{
    const auto fields = [](const AnalysisPtr& analysis) {
        static const std::vector<ModelField> none;
        return analysis && analysis->facts.model ? &analysis->facts.model->metadata : &none;
    };
    for (const auto& file : files) {
        const auto& before = *fields(file.before);
        const auto& after = *fields(file.after);
        std::multimap<std::string_view, const ModelField*> old;
        for (const auto& field : before) {
            old.emplace(field.key, &field);
        }
        const auto shown = [&](const AnalysisPtr& analysis, const std::string& text) {
            return masks.shown(*analysis, text);
        };
        for (const auto& field : after) {
            if (!budget.spend(field.bytes.size())) {
                out.complete = false;
                return;
            }
            const auto hit = old.lower_bound(field.key);
            if (hit == old.end() || hit->first != field.key) {
                out.metadata.push_back({ModelChange::Added, shown(file.after, field.key), placeOf(file), {},
                    shown(file.after, field.value)});
                continue;
            }
            if (sameValue(*file.before, *hit->second, *file.after, field)) {
                out.sameMetadata.add(
                    {shown(file.after, field.key), placeOf(file), shown(file.after, field.value), {}, {}, 0});
            } else {
                out.metadata.push_back({ModelChange::Changed, shown(file.after, field.key), placeOf(file),
                    shown(file.before, hit->second->value), shown(file.after, field.value)});
            }
            old.erase(hit);
        }
        for (const auto& [key, field] : old) {
            out.metadata.push_back({ModelChange::Removed, shown(file.before, field->key), placeOf(file),
                shown(file.before, field->value), {}});
        }
    }
}

void compareTemplates(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out)
{
    TemplateComparer(masks, budget, out).run(files);
}

void comparePrograms(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out)
{
    for (const auto& file : files) {
        if (!file.before || !file.after || !formats::pickleFacts(file.before->facts)
            || !formats::pickleFacts(file.after->facts)) {
            continue; // what only one version has is told with its callables
        }
        const auto before = programOf(file.before, masks, budget, out.complete);
        const auto after = programOf(file.after, masks, budget, out.complete);
        if (before == after) {
            out.samePrograms.add(
                {placeOf(file), {}, {}, {}, {}, formats::pickleFacts(file.after->facts)->programLines});
        } else {
            out.programs.push_back({ModelChange::Changed, {}, placeOf(file), fixes::compareTexts(before, after)});
        }
    }
}

void compareNames(const std::vector<FileChange>& files, Masks& masks, ModelComparison& out)
{
    Names callables;
    Names operators;
    const auto count = [](Names& names, const FileChange& file, std::string name, std::uint64_t Counted::* side,
                           std::uint64_t times) {
        auto& one = names[std::move(name)];
        one.file = one.before + one.after == 0 ? placeOf(file) : one.file;
        one.*side += times;
    };
    for (const auto& file : files) {
        for (const auto& [analysis, side] :
            {std::pair(file.before, &Counted::before), std::pair(file.after, &Counted::after)}) {
            if (!analysis) {
                continue;
            }
            const auto* pickle = formats::pickleFacts(analysis->facts);
            for (std::size_t i = 0; pickle && i < pickle->globals.size(); ++i) {
                const auto& global = pickle->globals[i];
                count(callables, file, masks.shown(*analysis, global.path()), side,
                    std::max<std::uint64_t>(global.count, 1));
            }
            const auto* model = analysis->facts.model.get();
            for (std::size_t i = 0; model && i < model->operators.size(); ++i) {
                const auto& one = model->operators[i];
                count(operators, file,
                    masks.shown(*analysis, one.domain.empty() ? one.name : one.domain + "::" + one.name), side,
                    std::max<std::uint64_t>(one.count, 1));
            }
        }
    }
    out.callables = changesOf(callables, false, out.sameCallables);
    out.operators = changesOf(operators, true, out.sameOperators);
}

} // namespace cupel::review
