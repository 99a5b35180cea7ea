// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/model_answers.h"

#include "analyzers/formats/torch_storage.h"
#include "analyzers/model/model_questions.h"
#include "analyzers/report/model_whole.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace cupel::app {

namespace {

using widgets::ModelAnswer;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ModelAnswers)
};

// All that was looked at, and what of it was not.
struct Whole {
    report::ModelWhole model;
    std::size_t unread = 0; // parts that were not read to their end
    std::uint64_t strange = 0; // bytes that nobody understood
    std::uint64_t leftover = 0; // bytes that belong to nothing

    explicit Whole(std::vector<AnalysisPtr> parts)
        : model{std::move(parts)}
    {
        for (const auto& part : model.parts) {
            const auto& facts = part->facts;
            unread += facts.status != ReadStatus::Complete ? 1 : 0;
            for (const auto range : facts.model ? facts.model->leftover : std::vector<ByteRange>()) {
                leftover += range.size();
            }
        }
        strange = strangeOf(model.parts);
    }

private:
    // What is not understood of a member is not understood of what it lies in: counted once, as the larger of both.
    static std::uint64_t strangeOf(const std::vector<AnalysisPtr>& parts)
    {
        auto inner = parts; // before what they are in
        std::stable_sort(inner.begin(), inner.end(),
            [](const auto& a, const auto& b) { return a->artifact.path.size() > b->artifact.path.size(); });
        std::map<std::string_view, std::uint64_t> below;
        std::set<std::string_view> there; // a member of what was left out of the list lies in the file nevertheless
        for (const auto& part : parts) {
            there.insert(part->artifact.path);
        }
        std::uint64_t out = 0;
        std::uint64_t loose = 0;
        for (const auto& part : inner) {
            const auto& cover = part->facts.coverage;
            const auto own = cover.total - std::min(cover.understood, cover.total);
            const auto sum = std::min(std::max(own, below[part->artifact.path]), std::max(part->size, own));
            const bool first = part == parts.front();
            (first ? out : there.contains(part->artifact.parent) ? below[part->artifact.parent] : loose) += sum;
        }
        return std::max(out, loose);
    }
};

// The finding that an answer is about, so that a click on it leads there.
void lead(ModelAnswer& answer, const Whole& whole, const Finding* finding)
{
    for (const auto& part : whole.model.parts) {
        const auto& all = part->findings;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (&all[i] == finding) {
                answer.artifact = part->artifact.path;
                answer.finding = i;
                return;
            }
        }
    }
}

QString nameOf(const Finding& finding)
{
    const auto name = finding.arguments.find("name");
    return widgets::shownText(name == finding.arguments.end() || name->second.empty() ? finding.title : name->second);
}

QString callsOf(const report::RunAnswer& answer)
{
    if (answer.programs == 0) {
        return answer.templates > 0 && answer.graph ? Words::tr("nothing harmful in template and graph")
            : answer.templates > 0                  ? Words::tr("nothing harmful in its template")
            : answer.graph                          ? Words::tr("nothing harmful in its graph")
                                                    : Words::tr("holds no program");
    }
    const auto most = std::min<std::uint64_t>(answer.calls, 2'000'000'000);
    return answer.calls == 0 ? Words::tr("a program without calls")
                             : Words::tr("%n call(s), all known", nullptr, static_cast<int>(most));
}

ModelAnswer canRun(const Whole& whole)
{
    using Kind = report::RunAnswer::Kind;
    ModelAnswer out{Words::tr("Can it run code?"), {}, {}, {}, false, false};
    const auto answer = report::canRun(whole.model);
    if (!answer.findings.empty()) {
        lead(out, whole, answer.findings.front());
    }
    switch (answer.kind) {
    case Kind::Yes:
        out.answer = Words::tr("Yes, %n place(s)", nullptr, static_cast<int>(answer.places()));
        out.detail = nameOf(*answer.findings.front());
        out.sign = answer.findings.front()->severity;
        out.loud = true;
        break;
    case Kind::Perhaps:
        out.answer = Words::tr("Perhaps");
        out.detail = answer.outOfReach
            ? Words::tr("%1, where loaders do not begin").arg(nameOf(*answer.findings.front()))
            : nameOf(*answer.findings.front());
        out.sign = answer.findings.front()->severity;
        break;
    case Kind::NotKnown:
        out.answer = Words::tr("Not known");
        out.detail = Words::tr("not all of it could be read");
        out.sign = Severity::Info;
        break;
    case Kind::NoneFound: {
        const auto* names = report::unknownNames(whole.model);
        out.answer = Words::tr("None found");
        const bool code = whole.model.file().facts.format == "python";
        const auto calls = code ? Words::tr("nothing harmful in its code") : callsOf(answer);
        out.detail = names ? Words::tr("%1; imports %2, not known").arg(calls, nameOf(*names)) : calls;
        out.ok = true;
        break;
    }
    }
    return out;
}

// The worst of what lies beside it, when that is bad.
void tellBeside(ModelAnswer& answer, const AnalysisPtr& what, const std::vector<AnalysisPtr>& beside)
{
    Severity worst = Severity::Medium;
    for (const auto& other : beside) {
        for (std::size_t i = 0; other != what && i < other->findings.size(); ++i) {
            const auto& finding = other->findings[i];
            if (isAboutCode(finding) && finding.severity > worst) {
                worst = finding.severity;
                answer.answer = Words::tr("Not this file");
                answer.detail = Words::tr("but %1, beside it").arg(widgets::shownFileName(other->artifact.path));
                answer.sign = worst;
                answer.ok = false;
                answer.loud = true;
                answer.artifact = other->artifact.path;
                answer.finding = i;
            }
        }
    }
}

// Flaws of form: what programs read differently, or cannot read.
ModelAnswer isWhatItSays(const Analysis& file, const Whole& whole)
{
    ModelAnswer out{Words::tr("Is it what it says?"), {}, {}, {}, false, false};
    const auto found = whole.model.findings(
        [](const Finding& finding) { return isAboutForm(finding) && finding.severity >= Severity::Low; });
    if (!found.empty()) {
        const auto wrong = std::find_if(found.begin(), found.end(), [&file](const auto* finding) {
            return finding->rule == "CUP-MODEL-WRONG-NAME" && finding->location.artifact == file.artifact.path;
        });
        const auto* worst = wrong != found.end() ? *wrong : found.front();
        out.answer = wrong != found.end() ? Words::tr("No") : Words::tr("Not quite");
        out.detail = widgets::shownText(worst->title);
        out.sign = worst->severity;
        lead(out, whole, worst);
    } else if ((file.facts.format == "unknown" && !formats::isTorchStorage(file.artifact))
        || file.facts.status == ReadStatus::Unreadable) {
        out.answer = Words::tr("Not known");
        out.detail = Words::tr("no format that is read");
        out.sign = Severity::Info;
    } else {
        out.answer = Words::tr("Yes");
        const auto* model = file.facts.model.get();
        out.detail = model && !model->kind.empty() ? widgets::shownText(model->kind) : widgets::shownFormat(file);
        out.ok = true;
    }
    return out;
}

ModelAnswer pointsElsewhere(const Whole& whole)
{
    ModelAnswer out{Words::tr("Opens other files?"), {}, {}, {}, false, false};
    const auto others = report::otherFiles(whole.model);
    const auto found = whole.model.findings(isAboutOtherFiles);
    if (!found.empty()) {
        out.answer = Words::tr("Yes");
        out.detail = widgets::shownText(found.front()->title);
        out.sign = found.front()->severity;
        out.loud = found.front()->severity >= Severity::High;
        lead(out, whole, found.front());
    } else if (!others.empty()) {
        out.answer = Words::tr("Yes, %n", nullptr, static_cast<int>(others.size()));
        out.detail = widgets::shownText(others.front()->what);
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
    const auto found = report::hiddenBytes(whole.model);
    if (!found.empty()) {
        const auto* told = found.front(); // the one that the number is about
        std::uint64_t bytes = 0;
        bool exact = true;
        for (const auto* finding : found) {
            const auto size = hiddenSize(*finding);
            told = bytes == 0 && size.bytes > 0 ? finding : told;
            bytes += size.bytes;
            exact = exact && size.exact;
        }
        const auto shown = widgets::shownSize(bytes);
        out.answer = bytes == 0 ? Words::tr("Yes") : exact ? shown : Words::tr("At least %1").arg(shown);
        out.detail = widgets::shownText(told->title);
        out.sign = found.front()->severity;
        lead(out, whole, told);
    } else if (whole.leftover > 0) { // told by a rule about something else: what is no JSON
        out.answer = widgets::shownSize(whole.leftover);
        out.detail = Words::tr("belongs to nothing");
        out.sign = Severity::Low;
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
    out.detail = Words::tr("%1 of %n part(s) read to the end", nullptr, static_cast<int>(whole.model.parts.size()))
                     .arg(whole.model.parts.size() - whole.unread);
    out.ok = whole.unread == 0;
    if (!out.ok) {
        out.sign = Severity::Medium;
    }
    return out;
}

// Only what was looked for: nobody verifies a signature here, so one that is there is no good news yet.
ModelAnswer isSigned(const std::string& signature)
{
    ModelAnswer out{Words::tr("Signed?"), {}, {}, {}, false, false};
    out.answer = signature.empty() ? Words::tr("No signature") : Words::tr("Not verified");
    out.detail = signature.empty()
        ? Words::tr("none of .sig, .asc, .sigstore lies beside it")
        : Words::tr("a signature is here, it was not verified: %1").arg(widgets::shownText(signature));
    return out;
}

} // namespace

std::vector<ModelAnswer> answersAbout(const AnalysisPtr& what, const std::vector<AnalysisPtr>& members,
    const std::vector<AnalysisPtr>& beside, const std::string& signature)
{
    std::vector<AnalysisPtr> parts{what};
    const auto below = what->artifact.path + '!';
    std::copy_if(members.begin(), members.end(), std::back_inserter(parts),
        [&below](const AnalysisPtr& one) { return one->artifact.path.starts_with(below); });
    const Whole whole(std::move(parts));
    auto runs = canRun(whole);
    if (runs.ok) {
        tellBeside(runs, what, beside);
    }
    return {std::move(runs), isWhatItSays(*what, whole), pointsElsewhere(whole), hidden(whole), notChecked(whole),
        isSigned(signature)};
}

} // namespace cupel::app
