// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/model_answers.h"

#include "analyzers/report/model_questions.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>
#include <functional>

namespace cupel::app {

namespace {

using widgets::ModelAnswer;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ModelAnswers)
};

// All that was looked at, the file first.
struct Whole {
    std::vector<const Analysis*> parts;
    std::size_t unread = 0; // parts that were not read to their end
    std::uint64_t strange = 0; // bytes that nobody understood

    Whole(const Analysis& file, const std::vector<AnalysisPtr>& members)
    {
        parts.push_back(&file);
        for (const auto& member : members) {
            parts.push_back(member.get());
        }
        unread = static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(),
            [](const Analysis* part) { return part->facts.status != ReadStatus::Complete; }));
        for (const auto* part : parts) {
            const auto& coverage = part->facts.coverage;
            strange += coverage.total - std::min(coverage.understood, coverage.total);
        }
    }

    [[nodiscard]] std::vector<const Finding*> findings(const std::function<bool(const Finding&)>& wanted) const
    {
        std::vector<const Finding*> out;
        for (const auto* part : parts) {
            for (const auto& finding : part->findings) {
                if (wanted(finding)) {
                    out.push_back(&finding);
                }
            }
        }
        std::stable_sort(
            out.begin(), out.end(), [](const auto* a, const auto* b) { return a->severity > b->severity; });
        return out;
    }
};

QString nameOf(const Finding& finding)
{
    const auto name = finding.arguments.find("name");
    return widgets::shownText(name == finding.arguments.end() || name->second.empty() ? finding.title : name->second);
}

bool startsWithOne(std::string_view text, std::initializer_list<std::string_view> beginnings)
{
    return std::any_of(
        beginnings.begin(), beginnings.end(), [text](std::string_view one) { return text.starts_with(one); });
}

ModelAnswer canRun(const Whole& whole)
{
    ModelAnswer out{Words::tr("Can it run code?"), {}, {}, {}, false, false};
    const auto found = whole.findings(report::isAboutCode);
    const auto loud = std::count_if(
        found.begin(), found.end(), [](const Finding* finding) { return finding->severity >= Severity::High; });
    if (loud > 0) {
        out.answer = Words::tr("Yes, %n place(s)", nullptr, static_cast<int>(loud));
        out.detail = nameOf(*found.front());
        out.sign = found.front()->severity;
        out.loud = true;
        return out;
    }
    if (!found.empty() && found.front()->severity >= Severity::Medium) {
        out.answer = Words::tr("Perhaps");
        out.detail = nameOf(*found.front());
        out.sign = found.front()->severity;
        return out;
    }
    std::uint64_t programs = 0;
    std::uint64_t calls = 0;
    for (const auto* part : whole.parts) {
        if (const auto* pickle = formats::pickleFacts(part->facts)) {
            ++programs;
            calls += pickle->callCount;
        }
    }
    if (whole.unread > 0) {
        out.answer = Words::tr("Not known");
        out.detail = Words::tr("not all of it could be read");
        out.sign = Severity::Info;
        return out;
    }
    out.answer = Words::tr("None found");
    out.detail = programs == 0 ? Words::tr("holds no program")
        : calls == 0
        ? Words::tr("a program without calls")
        : Words::tr("%n call(s), all known", nullptr, static_cast<int>(std::min<std::uint64_t>(calls, 2'000'000'000)));
    out.ok = true;
    return out;
}

// Flaws of form: what programs read differently, or cannot read.
ModelAnswer isWhatItSays(const Analysis& file, const Whole& whole)
{
    ModelAnswer out{Words::tr("Is it what it says?"), {}, {}, {}, false, false};
    const auto found = whole.findings([](const Finding& finding) {
        return (finding.family == Family::Malformed || finding.family == Family::Archive
                   || startsWithOne(finding.rule, {"CUP-PKL-FRAME", "CUP-PKL-BROKEN", "CUP-PKL-PROTOCOL"}))
            && finding.severity >= Severity::Low;
    });
    const auto format = std::string(file.facts.model ? file.facts.model->kind : std::string(file.facts.format));
    if (!found.empty()) {
        const auto wrong = std::find_if(found.begin(), found.end(), [&file](const auto* finding) {
            return finding->rule == "CUP-MODEL-WRONG-NAME" && finding->location.artifact == file.artifact.path;
        });
        const auto* worst = wrong != found.end() ? *wrong : found.front();
        out.answer = wrong != found.end() ? Words::tr("No") : Words::tr("Not quite");
        out.detail = widgets::shownText(worst->title);
        out.sign = worst->severity;
    } else if (file.facts.format == "unknown" || file.facts.status == ReadStatus::Unreadable) {
        out.answer = Words::tr("Not known");
        out.detail = Words::tr("no format that is read");
        out.sign = Severity::Info;
    } else {
        out.answer = Words::tr("Yes");
        out.detail = widgets::shownText(format);
        out.ok = true;
    }
    return out;
}

ModelAnswer pointsElsewhere(const Whole& whole)
{
    ModelAnswer out{Words::tr("Opens other files?"), {}, {}, {}, false, false};
    std::size_t count = 0;
    const ModelReference* first = nullptr;
    for (const auto* part : whole.parts) {
        if (part->facts.model) {
            const auto& references = part->facts.model->references;
            count += references.size();
            first = !first && !references.empty() ? &references.front() : first;
        }
    }
    const auto found = whole.findings(report::isAboutOtherFiles);
    if (!found.empty()) {
        out.answer = Words::tr("Yes");
        out.detail = widgets::shownText(found.front()->title);
        out.sign = found.front()->severity;
        out.loud = found.front()->severity >= Severity::High;
    } else if (first) {
        out.answer = Words::tr("Yes, %n", nullptr, static_cast<int>(count));
        out.detail = widgets::shownText(first->what);
        out.sign = Severity::Info;
    } else {
        out.answer = Words::tr("No");
        out.detail = Words::tr("nothing it names");
        out.ok = true;
    }
    return out;
}

ModelAnswer hidden(const Whole& whole)
{
    ModelAnswer out{Words::tr("Hidden bytes?"), {}, {}, {}, false, false};
    const auto found = whole.findings(report::isAboutHiddenBytes);
    if (!found.empty()) {
        std::uint64_t bytes = 0;
        bool exact = true;
        for (const auto* finding : found) {
            const auto size = report::hiddenSize(*finding);
            bytes += size.bytes;
            exact = exact && size.exact;
        }
        const auto shown = widgets::shownSize(bytes);
        out.answer = bytes == 0 ? Words::tr("Yes") : exact ? shown : Words::tr("At least %1").arg(shown);
        out.detail = widgets::shownText(found.front()->title);
        out.sign = found.front()->severity;
    } else if (whole.strange > 0) {
        // The strip below shows the same bytes as not understood.
        out.answer = Words::tr("Not known");
        out.detail = Words::tr("%1 not understood").arg(widgets::shownSize(whole.strange));
        out.sign = Severity::Info;
    } else {
        out.answer = Words::tr("None found");
        out.ok = whole.unread == 0;
        out.detail = out.ok ? Words::tr("nothing left over") : Words::tr("in what was read");
    }
    return out;
}

ModelAnswer notChecked(const Whole& whole)
{
    ModelAnswer out{
        Words::tr("Not checked"), QLocale().toString(static_cast<qulonglong>(whole.unread)), {}, {}, false, false};
    out.detail = Words::tr("%1 of %n part(s) read", nullptr, static_cast<int>(whole.parts.size()))
                     .arg(whole.parts.size() - whole.unread);
    out.ok = whole.unread == 0;
    if (!out.ok) {
        out.sign = Severity::Medium;
    }
    return out;
}

} // namespace

std::vector<ModelAnswer> answersAbout(const Analysis& file, const std::vector<AnalysisPtr>& members)
{
    const Whole whole(file, members);
    return {canRun(whole), isWhatItSays(file, whole), pointsElsewhere(whole), hidden(whole), notChecked(whole)};
}

} // namespace cupel::app
