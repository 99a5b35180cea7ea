// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/strip_copy.h"

#include "analyzers/engine/free_room.h"
#include "analyzers/engine/mapped_file.h"
#include "analyzers/engine/scan.h"
#include "analyzers/review/compare_models.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cupel::engine {

namespace {

using convert::StripItem;
using convert::StripPlan;
using review::FindingChange;
using review::ModelChange;

std::string reason()
{
    return std::strerror(errno); // NOLINT(concurrency-mt-unsafe): the text of a number that is known
}

// A folder of its own beside the target, so that the copy has the name of the old file while it is judged: formats
// without a beginning of their own are told by it. Gone with this object.
class Workshop {
public:
    Workshop(const std::string& target, std::string_view name)
    {
        const auto slash = target.rfind('/');
        m_folder = (slash == std::string::npos ? std::string("./") : target.substr(0, slash + 1)) + ".cupel-XXXXXX";
        m_made = ::mkdtemp(m_folder.data()) != nullptr;
        m_file = m_folder + '/' + std::string(name);
    }
    ~Workshop()
    {
        if (m_made) {
            ::unlink(m_file.c_str());
            ::rmdir(m_folder.c_str());
        }
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    [[nodiscard]] bool made() const { return m_made; }
    [[nodiscard]] const std::string& file() const { return m_file; }

private:
    std::string m_folder;
    std::string m_file;
    bool m_made = false;
};

bool writeAll(int fd, std::string_view text)
{
    while (!text.empty()) {
        if (const auto copied = copyMapped(text, fd); copied > 0) {
            text.remove_prefix(copied);
            continue;
        }
        const auto count = ::write(fd, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return false;
        }
        text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return true;
}

std::string write(const StripPlan& plan, const std::string& path, Budget& budget)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        return reason();
    }
    std::string trouble;
    const bool whole = convert::writeStripped(plan, budget, [&](std::string_view piece) {
        trouble = writeAll(fd, piece) ? "" : reason();
        return trouble.empty();
    });
    if (trouble.empty() && whole && ::fsync(fd) != 0 && errno != EINVAL && errno != EROFS) {
        trouble = reason();
    }
    if (::close(fd) != 0 && trouble.empty()) {
        trouble = reason();
    }
    return !trouble.empty() ? trouble : whole ? "" : "writing was stopped";
}

AnalysisPtr rootOf(const Workspace& workspace)
{
    const auto found = workspace.roots.empty() ? workspace.analyses.end() : workspace.analyses.find(workspace.roots[0]);
    return found == workspace.analyses.end() ? nullptr : found->second;
}

// What the copy would still have to lose, or a reason why that cannot be said.
void provePlan(const StripPlan& plan, const AnalysisPtr& after, Budget& budget, StripProof& out)
{
    auto wish = plan.wish;
    wish.keys.clear();
    const auto again = convert::planStrip(after, wish, budget);
    if (!again) {
        out.broken.push_back("the copy cannot be read exactly: " + again.error().detail);
    } else if (!again.value().items.empty()) {
        out.broken.push_back(std::string(describe(again.value().items[0].kind)) + " would still be there");
    }
    const auto* model = after->facts.model.get();
    for (std::size_t i = 0; model && i < model->metadata.size(); ++i) {
        if (std::find(plan.wish.keys.begin(), plan.wish.keys.end(), model->metadata[i].key) != plan.wish.keys.end()) {
            out.broken.push_back("the key " + model->metadata[i].key + " would still be there");
        }
    }
}

void proveContent(const review::ModelComparison& model, const StripPlan& plan, StripProof& out)
{
    out.tensors = model.sameTensors.count;
    out.members = model.sameMembers.count;
    if (!model.tensors.empty()) {
        out.broken.push_back("the tensor " + model.tensors[0].name + " would be another one");
    } else if (!model.complete || model.lost > 0) {
        out.broken.emplace_back("not all tensors could be compared");
    }
    // Pieces that formats hand on as members are called after their place, which may be another one now.
    std::multiset<std::string_view> removed;
    for (const auto& change : model.members) {
        if (change.kind == ModelChange::Removed) {
            removed.insert(change.before->sha256);
        }
    }
    for (const auto& change : model.members) {
        if (change.root) {
            continue; // of course
        }
        const auto moved = change.kind == ModelChange::Added ? removed.find(change.after->sha256) : removed.end();
        if (moved != removed.end()) {
            removed.erase(moved);
        } else if (change.kind != ModelChange::Removed) {
            out.broken.push_back("the member " + change.name + " would be another one");
            break;
        }
    }
    if (!removed.empty() && !plan.wish.hidden) {
        out.broken.emplace_back("a member would be gone");
    }
    const auto went = static_cast<std::size_t>(
        std::count_if(plan.items.begin(), plan.items.end(), [](const StripItem& item) { return !item.name.empty(); }));
    const auto fields = static_cast<std::size_t>(std::count_if(model.metadata.begin(), model.metadata.end(),
        [](const review::FieldChange& change) { return change.kind == ModelChange::Removed; }));
    if (fields != model.metadata.size() || fields > went) {
        out.broken.emplace_back("other metadata would change");
    }
}

// One that moved with its piece is not new.
void proveFindings(const std::vector<review::FileChange>& files, StripProof& out)
{
    std::multiset<std::string_view> gone;
    const auto each = [&files](FindingChange::Kind kind, const auto& take) {
        for (const auto& file : files) {
            for (const auto& change : file.findings) {
                if (change.kind == kind) {
                    take(change.analysis->findings[change.index]);
                }
            }
        }
    };
    each(FindingChange::Kind::Gone, [&gone](const Finding& finding) { gone.insert(finding.fingerprint); });
    each(FindingChange::Kind::Fresh, [&](const Finding& finding) {
        const auto moved = gone.find(finding.fingerprint);
        if (moved != gone.end()) {
            gone.erase(moved);
        } else {
            out.broken.push_back("a finding would be new: " + finding.rule);
        }
    });
    out.gone = gone.size();
}

} // namespace

StripProof proveStripped(const StripPlan& plan, const Workspace& before, const Workspace& after, Budget& budget)
{
    StripProof out;
    const auto root = rootOf(after);
    if (!root || root->size != plan.bytes) {
        out.broken.emplace_back("the copy cannot be read back");
        return out;
    }
    if (plan.source->facts.status == ReadStatus::Complete && root->facts.status != ReadStatus::Complete) {
        out.broken.emplace_back("the copy cannot be read to its end");
    }
    if (root->facts.format != plan.source->facts.format) {
        out.broken.emplace_back("the copy is of another format");
    }
    provePlan(plan, root, budget, out);
    const auto files = review::compare(before, after);
    if (const auto model = review::compareModels(files, budget)) {
        proveContent(*model, plan, out);
    }
    proveFindings(files, out);
    return out;
}

StripOutcome writeStrippedCopy(const StripPlan& plan, const Workspace& before, const std::string& target,
    const ScanOptions& options, Budget& budget)
{
    StripOutcome out;
    struct stat info{};
    struct stat source{};
    const bool exists = ::stat(target.c_str(), &info) == 0;
    if (exists && !S_ISREG(info.st_mode)) {
        out.trouble = "it is no ordinary file";
        return out;
    }
    if (exists && ::stat(plan.source->artifact.path.c_str(), &source) == 0 && source.st_dev == info.st_dev
        && source.st_ino == info.st_ino) {
        out.trouble = "it is the file itself, which is never changed";
        return out;
    }
    char* real = ::realpath(target.c_str(), nullptr); // a link stays a link
    const std::string end = real ? real : target;
    std::free(real); // NOLINT(cppcoreguidelines-no-malloc): realpath allocates so
    out.trouble = lacksRoom(end, plan.bytes);
    if (!out.trouble.empty()) {
        return out;
    }
    budget.setPulse(trimMaps); // what was copied need not stay in memory
    const Workshop workshop(end, plan.source->artifact.fileName());
    if (!workshop.made()) {
        out.trouble = "its folder: " + reason();
        return out;
    }
    out.trouble = write(plan, workshop.file(), budget);
    if (!out.trouble.empty()) {
        return out;
    }
    auto scan = options;
    scan.keepBytes = true;
    scan.early = false;
    out.proof = proveStripped(plan, before, scanAll({workshop.file()}, scan), budget);
    if (budget.stopped()) {
        out.trouble = "writing was stopped";
    } else if (out.proof.broken.empty() && ::rename(workshop.file().c_str(), end.c_str()) != 0) {
        out.trouble = reason();
    } else if (!out.proof.broken.empty()) {
        out.trouble = "the proof failed: " + out.proof.broken.front();
    }
    return out;
}

} // namespace cupel::engine
