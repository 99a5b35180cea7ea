// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of torch.package hold the sources of their classes: a loader imports them, and what stands at the level of
// a module runs at that moment. https://pytorch.org/docs/stable/package.html
#include "analyzers/base/utf8.h"
#include "analyzers/code/flow.h"
#include "analyzers/formats/code_cells.h"
#include "analyzers/model/neighbours.h"
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace cupel::rules::model {

namespace {

using namespace std::string_view_literals;
using cupel::code::CallSite;
using cupel::code::NodeKind;

constexpr std::size_t mostNodes = 400'000; // of the syntax tree
constexpr std::size_t mostTold = 50;

// What no definition of a model needs. All of a module stands with a dot at its end.
constexpr std::array harmful{"asyncio.create_subprocess_"sv, "asyncio.subprocess."sv, "builtins.__import__"sv,
    "builtins.compile"sv, "builtins.eval"sv, "builtins.exec"sv, "builtins.open"sv, "code."sv, "commands."sv,
    "ctypes."sv, "dill.load"sv, "ftplib."sv, "http.client."sv, "httpx."sv, "importlib.import_module"sv, "joblib.load"sv,
    "marshal.load"sv, "multiprocessing.Process"sv, "os.exec"sv, "os.fork"sv, "os.kill"sv, "os.popen"sv,
    "os.posix_spawn"sv, "os.putenv"sv, "os.remove"sv, "os.rename"sv, "os.replace"sv, "os.rmdir"sv, "os.spawn"sv,
    "os.startfile"sv, "os.system"sv, "os.unlink"sv, "paramiko."sv, "pickle.load"sv, "pip."sv, "posix.system"sv,
    "pty."sv, "requests."sv, "runpy."sv, "shutil."sv, "smtplib."sv, "socket."sv, "subprocess."sv, "telnetlib."sv,
    "torch.hub."sv, "torch.ops.load_library"sv, "urllib.request."sv, "urllib3."sv, "webbrowser."sv};

bool isHarmful(std::string_view path)
{
    return std::any_of(harmful.begin(), harmful.end(), [path](std::string_view one) { return path.starts_with(one); });
}

bool isPackage(const Artifact& artifact)
{
    const auto name = artifact.memberName();
    if (!artifact.beside || !name.ends_with(".py")) {
        return false;
    }
    const std::string root(name.substr(0, name.find('/') + 1));
    return artifact.beside->find(root + ".data/extern_modules") || artifact.beside->find(root + ".data/python_version");
}

class Reader : public cupel::code::FlowObserver {
public:
    Reader(const RuleInput& input, FindingSink& sink)
        : m_input(input)
        , m_sink(sink)
    {
    }

    void run()
    {
        auto& cells = m_input.code();
        for (std::size_t begin = 0; begin < cells.cells().size() && !m_input.budget.stopped();) {
            const auto end = cells.parse(begin, mostNodes, m_input.budget);
            cupel::code::Flow flow(cells.units(begin, end), *this, m_input.budget);
            m_flow = &flow;
            flow.run();
            m_flow = nullptr;
            begin = end;
        }
    }

    void onCall(const CallSite& site) override
    {
        const auto path = m_flow->paths().text(site.function.path);
        if (!isHarmful(path) || m_told.size() >= mostTold) {
            return;
        }
        const bool atOnce = !isInside(site.place);
        const auto& cell = m_input.code().cells()[site.place.unit];
        const auto bytes = cell.toArtifact(m_flow->syntax(site.place.unit)[site.place.node].bytes());
        if (!m_told.insert(bytes.start).second) {
            return;
        }
        const auto shown = toDisplay(path, 80);
        Hit hit;
        hit.rule = "CUP-TORCHPACKAGE-CODE";
        hit.bytes = bytes;
        hit.region = cell.region;
        hit.severity = atOnce ? Severity::High : Severity::Medium;
        hit.confidence = Confidence::Likely;
        hit.message = atOnce ? "Loading the package runs this module, which calls " + shown + "."
                             : "A function of the package, which loading it may run, calls " + shown + ".";
        hit.arguments["name"] = shown;
        hit.quotes.emplace_back(bytes, shown);
        m_sink.add(std::move(hit));
    }

private:
    // A function: it runs when somebody calls it.
    [[nodiscard]] bool isInside(cupel::code::NodeRef place) const
    {
        const auto& tree = m_flow->syntax(place.unit);
        for (auto at = tree[place.node].parent; at != 0; at = tree[at].parent) {
            if (tree[at].kind == NodeKind::FunctionDefinition || tree[at].kind == NodeKind::Lambda) {
                return true;
            }
        }
        return false;
    }

    const RuleInput& m_input;
    FindingSink& m_sink;
    cupel::code::Flow* m_flow = nullptr;
    std::set<std::uint64_t> m_told;
};

} // namespace

void packagedCode(const RuleInput& input, FindingSink& sink)
{
    if (isPackage(input.artifact)) {
        Reader(input, sink).run();
    }
}

} // namespace cupel::rules::model
