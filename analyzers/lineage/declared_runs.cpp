// SPDX-License-Identifier: GPL-3.0-or-later
// mlruns/<experiment>/<run>/{meta.yaml,params,metrics,tags,inputs,outputs}, datasets and the registry beside them.
#include "analyzers/lineage/declared_parts.h"
#include "analyzers/lineage/locators.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxRuns = 20'000;
constexpr std::size_t maxLinks = 100'000;
constexpr std::size_t maxValue = 8'000;
constexpr std::size_t maxColumns = 1'000'000; // of all data sets of all runs
constexpr std::size_t maxMembers = 5'000; // params, metrics or tags of a run

std::vector<std::string_view> partsOf(std::string_view path)
{
    std::vector<std::string_view> out;
    while (out.size() < 16) {
        const auto slash = path.find('/');
        out.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            break;
        }
        path.remove_prefix(slash + 1);
    }
    return out;
}

std::string_view firstLine(std::string_view text)
{
    text = text.substr(0, text.find('\n'));
    return text.substr(0, maxValue);
}

// Lines of "timestamp value step": the value of the last.
std::string lastMetric(std::string_view text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    const auto line = text.substr(text.rfind('\n') + 1).substr(0, 200);
    const auto start = line.find(' ');
    return start == std::string_view::npos ? std::string(line)
                                           : std::string(line.substr(start + 1, line.find(' ', start + 1) - start - 1));
}

std::string statusName(std::string_view status)
{
    return status == "1" ? "running"
        : status == "2"  ? "scheduled"
        : status == "3"  ? "finished"
        : status == "4"  ? "failed"
        : status == "5"  ? "killed"
                         : std::string(status.substr(0, 40));
}

} // namespace

bool RunReader::add(std::string_view path, std::string_view text, Budget& budget)
{
    const auto start = path.starts_with("mlruns/") ? 0 : path.rfind("/mlruns/");
    if (start == std::string_view::npos) {
        return false;
    }
    const auto root = path.substr(0, start + (start == 0 ? 6 : 7));
    auto rest = path.substr(root.size() + 1);
    rest = rest.starts_with(".trash/") ? rest.substr(7) : rest;
    const auto parts = partsOf(rest);
    if (parts.size() < 3) {
        return false;
    }
    if (parts[0] == "models") { // the registry: models/<name>/version-1/meta.yaml
        if (parts.size() != 4 || !parts[2].starts_with("version-") || parts[3] != "meta.yaml"
            || m_registered.size() >= maxRuns) {
            return false;
        }
        const auto tree = DataTree::fromYaml(text, budget);
        m_registered.push_back({std::string(tree.text(0, "name")), std::string(tree.text(0, "version")),
            std::string(tree.text(0, "run_id")), withoutCredentials(tree.text(0, "source"))});
        return true;
    }
    const std::string experiment(parts[0]);
    if (parts[1] == "datasets") {
        if (parts.size() == 4 && parts[3] == "meta.yaml") {
            dataFile(experiment, parts[2], text, budget);
            return true;
        }
        return false;
    }
    if (parts[1] == "models" || parts[1] == "traces" || parts[2] == "artifacts") {
        return false;
    }
    const auto folder = path.substr(0, static_cast<std::size_t>(parts[2].data() - path.data()) - 1);
    auto found = m_runs.find(std::string(folder));
    if (found == m_runs.end()) {
        if (m_runs.size() >= maxRuns) {
            return false;
        }
        found = m_runs.emplace(std::string(folder), RecordedRun{}).first;
        found->second.folder = folder;
        found->second.experiment = experiment;
        found->second.id = parts[1];
    }
    runFile(found->second, path.substr(folder.size() + 1), text, budget);
    return true;
}

void RunReader::runFile(RecordedRun& run, std::string_view rest, std::string_view text, Budget& budget)
{
    const auto put = [](ParameterMap& map, std::string_view name, std::string value) {
        if (map.size() < maxMembers && name.size() < 512) {
            map.insert_or_assign(std::string(name), std::move(value));
        }
    };
    const auto slash = rest.find('/');
    const auto kind = rest.substr(0, slash);
    const auto name = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    if (rest == "meta.yaml") {
        const auto tree = DataTree::fromYaml(text, budget);
        run.id = tree.text(0, "run_id").empty() ? run.id : std::string(tree.text(0, "run_id"));
        run.name = run.name.empty() ? std::string(tree.text(0, "run_name")) : run.name;
        run.status = statusName(tree.text(0, "status"));
        run.started = tree.text(0, "start_time");
        run.ended = tree.text(0, "end_time");
    } else if (kind == "params") {
        put(run.params, name, std::string(text.substr(0, maxValue)));
    } else if (kind == "metrics") {
        put(run.metrics, name, lastMetric(text));
    } else if (kind == "tags") {
        put(run.tags, name, withoutCredentials(text.substr(0, maxValue)));
        if (name == "mlflow.source.name") {
            run.source = withoutCredentials(firstLine(text));
        } else if (name == "mlflow.source.git.commit") {
            run.commit = firstLine(text);
        } else if (name == "mlflow.runName") {
            run.name = firstLine(text);
        }
    } else if (kind == "inputs" && name.ends_with("/meta.yaml") && m_links.size() < maxLinks) {
        const auto tree = DataTree::fromYaml(text, budget);
        Link link{run.folder, run.experiment + "/" + std::string(tree.text(0, "source_id")), {}};
        link.context = tree.text(tree.member(0, "tags"), "mlflow.data.context");
        if (tree.text(0, "source_type") != "MODEL" && tree.text(0, "source_type") != "6") {
            m_links.push_back(std::move(link));
        }
    } else if (kind == "outputs" && name.ends_with("/meta.yaml") && run.models.size() < maxMembers) {
        const auto tree = DataTree::fromYaml(text, budget);
        run.models.emplace_back(tree.text(0, "destination_id"));
    }
}

void RunReader::dataFile(const std::string& experiment, std::string_view id, std::string_view text, Budget& budget)
{
    if (m_data.size() >= maxLinks) {
        return;
    }
    const auto tree = DataTree::fromYaml(text, budget);
    RecordedData data;
    data.name = tree.text(0, "name");
    data.digest = tree.text(0, "digest");
    data.sourceType = tree.text(0, "source_type");
    const auto source = DataTree::fromJson(tree.text(0, "source"), budget);
    for (const std::string_view key : {"uri", "url", "path", "table", "source"}) { // else as recorded
        if (data.source.empty()) {
            data.source = source.text(0, key);
        }
    }
    data.source = withoutCredentials(data.source.empty() ? tree.text(0, "source").substr(0, maxValue) : data.source);
    data.columns = declared::readColumns(tree.text(0, "schema"), budget);
    m_data.insert_or_assign(experiment + "/" + std::string(id), std::move(data));
}

std::vector<RecordedRun> RunReader::runs()
{
    std::size_t columns = 0;
    for (const auto& link : m_links) {
        const auto run = m_runs.find(link.run);
        const auto data = m_data.find(link.data);
        if (run != m_runs.end() && data != m_data.end() && run->second.data.size() < maxMembers) {
            auto& last = run->second.data.emplace_back(data->second);
            last.context = link.context;
            columns += last.columns.size();
            if (columns > maxColumns) {
                last.columns.clear();
            }
        }
    }
    std::vector<RecordedRun> out;
    for (auto& [folder, run] : m_runs) {
        out.push_back(std::move(run));
    }
    m_runs.clear();
    m_data.clear();
    m_links.clear();
    return out;
}

} // namespace cupel::lineage
