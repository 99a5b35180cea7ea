// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel inspect`: finds the artifact, reads it the way a scan does, shows its facts.
#include "app/cli/collect.h"
#include "app/cli/commands.h"
#include "app/cli/inspect_folder.h"
#include "app/cli/inspection.h"
#include "app/cli/inspection_pickle.h"
#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "app/cli/stdin_source.h"
#include "app/cli/terminal.h"
#include "app/cli/unread.h"

#include "analyzers/base/natural_order.h"
#include "analyzers/engine/scan.h"
#include "analyzers/engine/signature_file.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/report/model_whole.h"
#include "analyzers/rules/pickle/loaders.h"

#include <algorithm>

#include <sys/stat.h>
#include <unistd.h>

namespace cupel::cli {

namespace {

using namespace std::chrono_literals;

bool isThere(const std::string& path)
{
    struct stat info{};
    return ::lstat(path.c_str(), &info) == 0;
}

bool isFolder(const std::string& path)
{
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// The file of "a.zip!dir/b.ipynb": the shortest start before a '!' that exists, unless the whole does.
std::string fileOf(const std::string& path)
{
    if (isThere(path)) {
        return path;
    }
    for (std::size_t cut = path.find('!'); cut != std::string::npos; cut = path.find('!', cut + 1)) {
        if (isThere(path.substr(0, cut))) {
            return path.substr(0, cut);
        }
    }
    return path;
}

// The pickle that a checkpoint of PyTorch is loaded by.
bool isMainPickle(const Analysis& member)
{
    return formats::pickleFacts(member.facts) && member.artifact.fileName() == "data.pkl";
}

// Keeps the wanted artifact with its bytes and its direct members without theirs, but for the main pickle; drops the
// rest as it arrives, so that a large archive is never held unpacked.
class Picker {
public:
    Picker(const std::string& wanted, Inspection& out)
        : m_wanted(wanted)
        , m_out(out)
    {
    }

    template <typename Source> void drain(Source& source)
    {
        auto wait = 1ms;
        while (!source.progress().finished) {
            pick(source.waitAndDrain(wait));
            wait = std::min<std::chrono::milliseconds>(wait * 2, 20ms);
            if (interrupted()) {
                source.cancel();
            }
        }
        pick(source.drain());
        m_out.main = m_mains.size() == 1 ? m_mains.front() : nullptr; // of several, nobody says which is loaded
        std::erase(m_out.running, m_out.main);
    }

private:
    void pick(std::vector<AnalysisPtr> analyses)
    {
        for (auto& analysis : analyses) {
            if (analysis->artifact.path.starts_with(m_wanted + '!') && formats::pickleFacts(analysis->facts)) {
                pickle(analysis);
            }
            if (analysis->artifact.parent == m_wanted) {
                if (isMainPickle(*analysis)) {
                    m_mains.push_back(analysis);
                }
                plan(*analysis);
                auto slim = std::make_shared<Analysis>();
                slim->artifact = analysis->artifact;
                slim->artifact.bytes.reset();
                slim->size = analysis->size;
                slim->allowed = analysis->allowed;
                slim->facts.format = analysis->facts.format;
                slim->facts.status = analysis->facts.status;
                slim->facts.coverage = analysis->facts.coverage;
                m_out.members.push_back(std::move(slim));
            }
            if (analysis->artifact.path == m_wanted) {
                m_out.analysis = std::move(analysis);
            }
        }
    }

    // Of every pickle in it, whatever its name: any of them may be the one that is loaded.
    void pickle(const AnalysisPtr& analysis)
    {
        if (++m_out.pickleCount > Inspection::mostPickles) {
            return;
        }
        m_out.pickles.push_back(pickleVerdict(*analysis));
        const bool runs = m_out.pickles.back().verdict == toString(rules::pickle::LoaderAnswer::Kind::Runs);
        if (runs && m_out.running.size() <= Inspection::mostRunning && analysis->size <= mostBytes) {
            m_out.running.push_back(analysis);
        }
    }

    void plan(const Analysis& member)
    {
        auto loaders = planLoaders(member);
        if (loaders.empty()) {
            return;
        }
        ++m_out.planCount;
        MemberLoaders fresh{member.artifact.path, std::move(loaders)};
        if (m_out.plans.size() < Inspection::mostPlans) {
            m_out.plans.push_back(std::move(fresh));
            return;
        }
        // Decoys beside the one that is loaded do not push it out.
        const auto mildest = std::min_element(m_out.plans.begin(), m_out.plans.end(),
            [](const MemberLoaders& a, const MemberLoaders& b) { return gravity(a.loaders) < gravity(b.loaders); });
        if (gravity(mildest->loaders) < gravity(fresh.loaders)) {
            *mildest = std::move(fresh);
        }
    }

    static constexpr std::uint64_t mostBytes = 16 << 20; // of a pickle that is kept

    const std::string& m_wanted;
    Inspection& m_out;
    std::vector<AnalysisPtr> m_mains;
};

void read(const std::string& file, const std::string& wanted, Inspection& out)
{
    ScanOptions options;
    options.keepBytes = true;
    options.jobs = 1;
    Picker picker(wanted, out);
    if (file == standardInputPath) {
        StdinScan scan(wanted, options);
        picker.drain(scan);
    } else {
        engine::Scan scan({file}, options);
        picker.drain(scan);
    }
}

Exit judge(const Analysis& analysis)
{
    return unread(analysis).value_or(analysis.facts.status == ReadStatus::Complete ? Exit::Ok : Exit::Incomplete);
}

} // namespace

Exit runInspect(const Arguments& arguments)
{
    catchSignals();
    std::string wanted = arguments.paths.front();
    const std::string file = wanted == standardInputPath ? wanted : fileOf(wanted);
    if (file == standardInputPath && !arguments.stdinFilename.empty()) {
        wanted = arguments.stdinFilename;
    }
    if (file != standardInputPath && isFolder(file)) {
        return inspectFolder(file, arguments);
    }
    Inspection inspection;
    inspection.source = arguments.source;
    inspection.opcodes = arguments.opcodes;
    read(file, wanted, inspection);
    if (interrupted()) {
        return Exit::Interrupted;
    }
    if (!inspection.analysis) {
        complain("'" + file + "' has no member '" + wanted.substr(std::min(file.size() + 1, wanted.size())) + "'");
        return Exit::NothingScannable;
    }
    if (!inspection.analysis->facts.scannable && inspection.analysis->size == 0 && arguments.format != "json") {
        if (const auto exit = unread(*inspection.analysis)) {
            return *exit; // it was never opened: there is nothing to show of it
        }
    }
    std::sort(inspection.members.begin(), inspection.members.end(),
        [](const AnalysisPtr& a, const AnalysisPtr& b) { return naturallyBefore(a->artifact.path, b->artifact.path); });
    std::sort(inspection.pickles.begin(), inspection.pickles.end(),
        [](const PickleVerdict& a, const PickleVerdict& b) { return naturallyBefore(a.path, b.path); });
    std::sort(inspection.plans.begin(), inspection.plans.end(),
        [](const MemberLoaders& a, const MemberLoaders& b) { return naturallyBefore(a.path, b.path); });
    const auto& root = inspection.analysis->artifact;
    inspection.signatureLooked =
        file != standardInputPath && root.parent.empty() && report::isModel(*inspection.analysis);
    if (inspection.signatureLooked) {
        inspection.signature = engine::signatureBeside(file);
    }
    const auto output = standardOutput();
    if (arguments.format == "json") {
        inspectionJson(inspection, output->sink());
    } else {
        output->sink()(
            inspectionText(inspection, wantsColour(arguments.colour, STDOUT_FILENO), columns(STDOUT_FILENO)));
    }
    const Exit exit = judge(*inspection.analysis);
    if (const std::string error = output->finish(); !error.empty()) {
        complain(error);
        return Exit::Internal;
    }
    return exit;
}

} // namespace cupel::cli
