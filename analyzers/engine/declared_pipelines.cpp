// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/declared_pipelines.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/lineage/declared.h"
#include "analyzers/lineage/declared_graph.h"
#include "analyzers/lineage/parameter_map.h"

namespace cupel::engine {

namespace {

using FilesByName = std::map<std::string, std::string>;

constexpr std::size_t maxText = 4 << 20; // bytes of a file of declarations
constexpr std::size_t maxStarts = 16; // of one script
constexpr std::size_t maxArguments = 256; // of one start
constexpr std::size_t maxLength = 32 << 10; // of all of them together

std::string besideOf(const std::string& relative, const std::string& name)
{
    const auto slash = relative.rfind('/');
    return (slash == std::string::npos ? std::string() : relative.substr(0, slash + 1)) + name;
}

// What the stages of a dvc.yaml had in their files when they last ran.
void takeLock(const FilesByName& files, const std::string& relative, lineage::Declared& stages, Budget& budget)
{
    const auto beside = besideOf(relative, "dvc.lock");
    const auto hit = files.find(beside);
    if (hit == files.end()) {
        return;
    }
    const auto text = readFile(hit->second, budget);
    if (text.ok() && text.value()->size() <= maxText) {
        lineage::applyLock(
            stages, lineage::readDeclared(lineage::DeclaredKind::DvcLock, beside, *text.value(), {}, budget));
    }
}

bool isShort(const std::vector<std::string>& arguments)
{
    std::size_t length = 0;
    for (const auto& argument : arguments) {
        length += argument.size();
    }
    return arguments.size() <= maxArguments && length <= maxLength;
}

bool declaresStages(lineage::DeclaredKind kind)
{
    using Kind = lineage::DeclaredKind;
    return kind == Kind::DvcYaml || kind == Kind::DvcFile || kind == Kind::MlProject || kind == Kind::Makefile
        || kind == Kind::Workflow || kind == Kind::Shell;
}

lineage::ParameterMap parametersBeside(const FilesByName& files, const std::string& relative, Budget& budget)
{
    const auto beside = besideOf(relative, "params.yaml");
    const auto hit = files.find(beside);
    if (hit == files.end()) {
        return {};
    }
    const auto text = readFile(hit->second, budget);
    return text.ok() ? lineage::readParameters(beside, *text.value(), budget) : lineage::ParameterMap();
}

} // namespace

DeclaredPipelines::DeclaredPipelines(const FilesByName& files, const std::vector<std::string>& code, Budget& budget)
{
    for (const auto& [relative, path] : files) {
        const auto kind = lineage::declaredKind(relative);
        if (!declaresStages(kind) || budget.stopped()) {
            continue;
        }
        const auto text = readFile(path, budget);
        if (!text.ok() || text.value()->size() > maxText) {
            auto& piece = m_pieces.emplace_back();
            piece.complete = false;
            piece.notes.push_back({relative, text.ok() ? "declared-too-long" : "unreadable",
                text.ok() ? "it holds more than " + std::to_string(maxText) + " bytes: what it declares was not read"
                          : text.error().detail});
            continue;
        }
        const auto values = parametersBeside(files, relative, budget);
        auto declared = lineage::readDeclared(kind, relative, *text.value(), values, budget);
        if (kind == lineage::DeclaredKind::DvcYaml) {
            takeLock(files, relative, declared, budget);
        }
        if (!declared.stages.empty() || !declared.datasets.empty()) {
            m_pieces.push_back(lineage::declaredGraph(declared, relative, code));
        }
        for (const auto& stage : declared.stages) {
            for (const auto& call : stage.calls) {
                const auto script = call.notebook ? std::string() : lineage::scriptOf(call, code);
                if (!script.empty() && m_starts[script].size() < maxStarts && isShort(call.arguments)) {
                    m_starts[script].push_back({call.cwd, call.arguments});
                }
            }
        }
    }
}

std::vector<lineage::FileFinder::Start> DeclaredPipelines::starts(const std::string& script) const
{
    const auto hit = m_starts.find(script);
    return hit != m_starts.end() ? hit->second : std::vector<lineage::FileFinder::Start>();
}

std::string DeclaredPipelines::context() const
{
    std::string out;
    for (const auto& [script, starts] : m_starts) {
        for (const auto& start : starts) {
            out += '\n' + script + '\t' + start.cwd;
            for (const auto& argument : start.arguments) {
                out += '\t' + argument;
            }
        }
    }
    return out;
}

} // namespace cupel::engine
