// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace cupel::rules::pickle {

namespace {

using namespace std::string_view_literals;

struct DangerRow {
    std::string_view path; // with '*' at its end: everything below, too
    bool whole;
    Harm harm;
    Severity severity;
};

struct BenignRow {
    std::string_view path;
    Use use;
    Contract contract;
};

#include "pickle_names.inc"

constexpr auto cutSign = "\u2026"sv; // of names that are too long to be kept

// Classes of other packages that modules of a family import: what they are made with they run, open or fetch.
constexpr std::array guests{"AutoBackend"sv, "DetectMultiBackend"sv, "Environment"sv, "LightningArgumentParser"sv,
    "LightningCLI"sv, "Memory"sv, "Parallel"sv, "Path"sv, "Pool"sv, "Popen"sv, "PosixPath"sv, "Process"sv,
    "ProcessPoolExecutor"sv, "Session"sv, "Thread"sv, "ThreadPool"sv, "ThreadPoolExecutor"sv, "Timer"sv,
    "TritonRemoteModel"sv, "WindowsPath"sv};

// Methods of classes that run, load, fetch or write what they are given, whatever the class.
constexpr std::array actingMethods{"apply"sv, "applymap"sv, "create"sv, "download"sv, "dump"sv, "dumps"sv, "eval"sv,
    "exec"sv, "exec_module"sv, "execute"sv, "extract"sv, "extractall"sv, "from_file"sv, "from_pretrained"sv,
    "from_single_file"sv, "fromfile"sv, "get_field"sv, "get_file"sv, "load"sv, "load_from_checkpoint"sv, "load_model"sv,
    "load_module"sv, "loads"sv, "open"sv, "pipe"sv, "push_to_hub"sv, "query"sv, "read_pickle"sv, "run"sv, "runcode"sv,
    "runsource"sv, "save"sv, "save_pretrained"sv, "start"sv, "submit"sv, "system"sv, "to_csv"sv, "to_pickle"sv,
    "tofile"sv, "unlink"sv, "unpack"sv, "write_bytes"sv, "write_text"sv};

static_assert(
    std::is_sorted(guests.begin(), guests.end()) && std::is_sorted(actingMethods.begin(), actingMethods.end()));

// Attributes that lead from any object to all of Python.
constexpr std::array ways{"__globals__"sv, "__builtins__"sv, "__dict__"sv, "__subclasses__"sv, "__getattribute__"sv,
    "__getattr__"sv, "__call__"sv, "__get__"sv, "__self__"sv, "__class__"sv, "__mro__"sv, "__base__"sv, "__bases__"sv,
    "__code__"sv, "__reduce__"sv, "__reduce_ex__"sv, "__init__"sv, "__init_subclass__"sv, "__import__"sv,
    "__loader__"sv, "__spec__"sv, "__module__"sv, "__func__"sv, "__wrapped__"sv, "__closure__"sv, "__defaults__"sv,
    "__setattr__"sv, "__delattr__"sv, "__setstate__"sv, "__weakref__"sv, "__del__"sv, "f_globals"sv, "gi_frame"sv};

// Modules that a name inside another module may stand for: `torch.serialization.os`.
constexpr std::array modulesInModules{"os"sv, "sys"sv, "subprocess"sv, "importlib"sv, "builtins"sv, "posix"sv, "nt"sv,
    "shutil"sv, "socket"sv, "ctypes"sv, "pickle"sv, "marshal"sv, "runpy"sv, "inspect"sv, "operator"sv, "functools"sv,
    "types"sv, "code"sv, "io"sv, "multiprocessing"sv, "threading"sv, "tempfile"sv, "pathlib"sv, "platform"sv, "gc"sv,
    "pdb"sv, "pty"sv, "imp"sv, "codecs"sv, "http"sv, "urllib"sv, "requests"sv, "asyncio"sv, "signal"sv, "atexit"sv,
    "numpy"sv, "torch"sv, "joblib"sv, "dill"sv, "cloudpickle"sv, "pandas"sv, "yaml"sv, "shelve"sv, "webbrowser"sv,
    "pydoc"sv, "zipfile"sv, "tarfile"sv};

// And the short names that programs give them.
constexpr std::array shortNames{std::pair{"np"sv, "numpy"sv}, std::pair{"pd"sv, "pandas"sv},
    std::pair{"mp"sv, "multiprocessing"sv}, std::pair{"sp"sv, "subprocess"sv}};

template <typename Rows> const auto* find(const Rows& rows, std::string_view path)
{
    const auto row = std::lower_bound(
        std::begin(rows), std::end(rows), path, [](const auto& a, std::string_view wanted) { return a.path < wanted; });
    return row != std::end(rows) && row->path == path ? &*row : nullptr;
}

const DangerRow* wholeDanger(std::string_view path)
{
    for (auto end = path.size(); end != std::string_view::npos && end > 0; end = path.rfind('.', end - 1)) {
        if (const auto* row = find(dangerRows, std::string(path.substr(0, end)) + '*')) {
            return row;
        }
    }
    return nullptr;
}

// A class of a package whose classes are data: its name begins with a capital letter, or ends as distributions of
// SciPy.
const BenignRow* family(std::string_view path)
{
    const auto last = path.substr(path.rfind('.') + 1);
    if (std::binary_search(guests.begin(), guests.end(), last)) {
        return nullptr;
    }
    const auto letter = last.find_first_not_of('_');
    const bool distribution = last.ends_with("_gen") && path.starts_with("scipy.stats._");
    if (!distribution && (letter == std::string_view::npos || last[letter] < 'A' || last[letter] > 'Z')) {
        return nullptr;
    }
    for (auto end = path.rfind('.'); end != std::string_view::npos && end > 0; end = path.rfind('.', end - 1)) {
        if (const auto* row = find(familyRows, path.substr(0, end))) {
            return row;
        }
    }
    return nullptr;
}

bool isFamily(std::string_view path)
{
    for (auto end = path.rfind('.'); end != std::string_view::npos && end > 0; end = path.rfind('.', end - 1)) {
        if (find(familyRows, path.substr(0, end))) {
            return true;
        }
    }
    return false;
}

Verdict danger(const DangerRow& row)
{
    Verdict verdict;
    verdict.kind = Verdict::Kind::Danger;
    verdict.harm = row.harm;
    verdict.severity = row.severity;
    return verdict;
}

Verdict danger(Harm harm, bool special)
{
    Verdict verdict;
    verdict.kind = Verdict::Kind::Danger;
    verdict.harm = harm;
    verdict.severity = Severity::Critical;
    verdict.special = special;
    return verdict;
}

Verdict benign(const BenignRow& row)
{
    Verdict verdict;
    verdict.kind = Verdict::Kind::Benign;
    verdict.use = row.use;
    verdict.contract = row.contract;
    return verdict;
}

std::string_view withoutUnderscores(std::string_view word)
{
    const auto first = word.find_first_not_of('_');
    return first == std::string_view::npos ? word : word.substr(first);
}

// What a chain of attributes reaches on its way: os inside of genericpath, __globals__ of any function.
Verdict judgeWalk(std::string_view name)
{
    for (std::size_t start = 0; start < name.size();) {
        const auto end = std::min(name.find('.', start), name.size());
        const auto part = name.substr(start, end - start);
        if (std::find(ways.begin(), ways.end(), part) != ways.end()) {
            return danger(Harm::Import, true);
        }
        auto module = withoutUnderscores(part);
        const auto shortName = std::find_if(
            shortNames.begin(), shortNames.end(), [module](const auto& one) { return one.first == module; });
        module = shortName == shortNames.end() ? module : shortName->second;
        if (std::find(modulesInModules.begin(), modulesInModules.end(), module) != modulesInModules.end()) {
            const auto rest = std::string(module) + std::string(name.substr(end));
            // A package that models are made of is none as such.
            const bool model = module == "numpy" || module == "torch" || module == "pandas";
            const auto verdict = end < name.size() ? judgePath(rest) : model ? Verdict() : danger(Harm::Import, true);
            if (verdict.kind == Verdict::Kind::Danger && verdict.harm != Harm::Soft) {
                return verdict;
            }
        }
        start = end + 1;
    }
    return {};
}

} // namespace

Verdict judgePath(std::string_view path)
{
    if (const auto* row = find(dangerRows, path)) {
        return danger(*row);
    }
    if (const auto* row = find(benignRows, path)) {
        return benign(*row);
    }
    if (const auto* row = wholeDanger(path)) {
        return danger(*row);
    }
    if (const auto* row = family(path)) {
        return benign(*row);
    }
    Verdict verdict;
    const auto top = path.substr(0, path.find('.'));
    if (std::binary_search(std::begin(moduleRows), std::end(moduleRows), top)) {
        verdict.kind = Verdict::Kind::Library;
        verdict.severity = Severity::High;
    }
    return verdict;
}

Verdict judge(const formats::PickleGlobal& global)
{
    Verdict verdict;
    if (!global.resolved) {
        verdict.kind = Verdict::Kind::Unresolved;
        verdict.severity = Severity::High;
        return verdict;
    }
    const auto path = global.path();
    if (path.find(cutSign) != std::string::npos) { // what stands behind it nobody has seen, and no real name is as long
        return danger({{}, false, Harm::Import, Severity::High});
    }
    if (find(benignRows, path) && !find(dangerRows, path)) {
        return judgePath(path);
    }
    const auto walk = judgeWalk(global.name);
    verdict = judgePath(path);
    if (verdict.kind == Verdict::Kind::Unknown && global.brought && walk.kind != Verdict::Kind::Danger) {
        verdict.kind = Verdict::Kind::Benign; // torch makes an empty object of it
        verdict.use = Use::Class;
        return verdict;
    }
    if (walk.kind == Verdict::Kind::Danger) {
        return walk;
    }
    // Old spellings count as what they are, whatever a protocol makes of them.
    if (!global.written.empty() && verdict.kind != Verdict::Kind::Danger) {
        const auto old = judgePath(global.written);
        verdict = old.kind == Verdict::Kind::Danger ? old : verdict;
    }
    if (verdict.kind != Verdict::Kind::Danger && global.module == "__builtin__") {
        return judgePath("builtins." + global.name);
    }
    // A class of a family that is reached through another name is not what the family vouches for.
    if (verdict.kind == Verdict::Kind::Benign && global.walks) {
        verdict = Verdict{};
    }
    const auto last = std::string_view(global.name).substr(global.name.rfind('.') + 1);
    const bool attribute = global.walks || global.how == formats::PickleGlobal::How::Attribute;
    if (verdict.kind != Verdict::Kind::Danger && attribute && isActingMethod(last)) {
        return danger({{}, false, Harm::Loader, Severity::High});
    }
    // A guest of a package that is known is known to act.
    if (verdict.kind == Verdict::Kind::Unknown && isFamily(path)
        && std::binary_search(guests.begin(), guests.end(), last)) {
        return danger({{}, false, Harm::Process, Severity::High});
    }
    return verdict;
}

bool isActingMethod(std::string_view name)
{
    return std::binary_search(actingMethods.begin(), actingMethods.end(), name);
}

bool isWeightsOnly(std::string_view path)
{
    return std::binary_search(std::begin(weightsOnlyRows), std::end(weightsOnlyRows), path);
}

std::string_view toString(Verdict::Kind kind)
{
    switch (kind) {
    case Verdict::Kind::Benign:
        return "benign";
    case Verdict::Kind::Danger:
        return "dangerous";
    case Verdict::Kind::Library:
        return "standard-library";
    case Verdict::Kind::Unknown:
        return "unknown";
    case Verdict::Kind::Unresolved:
        return "unresolved";
    }
    return "unknown";
}

} // namespace cupel::rules::pickle
