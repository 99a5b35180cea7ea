// SPDX-License-Identifier: GPL-3.0-or-later
// Settings that code reads from files of the workspace: json.load(open("config.json"))["data"], cfg.data of hydra.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxDefaults = 16; // files that a configuration is put together of

} // namespace

// The values of a file of settings as a dictionary of dictionaries; `into` takes them.
void Trace::takeSettings(Ref into, std::uint32_t node)
{
    const auto places = at(into).locators;
    for (const auto written : places) {
        (void)fillSettings(into, joinPath(workingFolder(), written), node);
    }
}

// False: the workspace has no such file, or nobody knows its form.
bool Trace::fillSettings(Ref into, const std::string& path, std::uint32_t node)
{
    const auto settings = m_files.settings(path);
    if (!settings || settings->empty()) {
        return false;
    }
    at(into).kind = ThingKind::Dictionary;
    at(into).open = true;
    for (const auto& [name, value] : *settings) {
        if (spent()) {
            return true;
        }
        setSetting(into, name, value, node);
    }
    return true;
}

// "train.rate": a value in dictionaries of dictionaries.
void Trace::setSetting(Ref into, std::string_view name, const std::string& value, std::uint32_t node)
{
    Ref inside = into;
    for (int depth = 0; depth < 8; ++depth) {
        const auto dot = name.find('.');
        const auto key = keep(std::string(name.substr(0, dot)));
        if (dot == std::string_view::npos) {
            const auto item = text(value, node);
            at(item).takeData(at(into));
            at(item).rows.clear();
            at(inside).setMember(key, item);
            return;
        }
        auto next = at(inside).member(key);
        if (next == 0) {
            next = make(ThingKind::Dictionary, node);
            at(next).open = true;
            at(next).type = at(into).type;
            at(inside).setMember(key, next);
        }
        inside = next;
        name.remove_prefix(dot + 1);
    }
}

// What hydra makes of conf/config.yaml, the files that its defaults name, and what the command changes. 0: the
// workspace has no such file.
Ref Trace::hydraSettings(const std::string& folder, std::string_view name, std::uint32_t node)
{
    const auto read = [&](Ref into, const std::string& base) {
        for (const std::string_view ending : {"", ".yaml", ".yml"}) {
            auto path = base;
            path += ending;
            if (!m_files.has(path)) {
                continue;
            }
            const auto locator = readLocator(path, {}, "path", false);
            const auto file = m_out.located(locator, "hydra.main", place(node));
            m_out.source(file, locator.kind, locator.value, place(node));
            mergeMarks(at(into).from, {file});
            return fillSettings(into, path, node);
        }
        return false;
    };
    const auto all = make(ThingKind::Dictionary, node);
    at(all).type = "omegaconf.DictConfig";
    if (!read(all, joinPath(folder, name))) {
        return 0;
    }
    const auto defaults = at(at(all).member("defaults")).members; // "- model: small", "- base"
    for (std::size_t i = 0; i < defaults.size() && i < maxDefaults; ++i) {
        const auto one = defaults[i].second;
        if (at(one).kind == ThingKind::Text) {
            (void)read(all, joinPath(folder, at(one).text));
            continue;
        }
        for (const auto& [group, value] : decltype(at(one).members)(at(one).members)) {
            const auto part = make(ThingKind::Dictionary, node);
            at(part).type = at(all).type;
            if (at(value).kind == ThingKind::Text
                && read(part, joinPath(folder, std::string(group) + '/' + std::string(at(value).text)))) {
                at(all).setMember(group, part);
            }
        }
    }
    for (const auto& start : starts().size() == 1 ? starts() : std::vector<FileFinder::Start>{}) {
        for (const auto& argument : start.arguments) { // train.rate=0.1
            const auto equals = argument.find('=');
            if (equals != std::string::npos && !argument.starts_with('-')) {
                const auto from = std::min(argument.find_first_not_of('+'), equals);
                setSetting(all, argument.substr(from, equals - from), argument.substr(equals + 1), node);
            }
        }
    }
    return all;
}

// @hydra.main(config_path="conf", config_name="config"): the function is given what stands there.
void Trace::givenByHydra(std::uint32_t function, Ref described, std::uint32_t node)
{
    std::string folder;
    std::string_view name = "config";
    for (const auto& [key, value] : at(described).madeBy) {
        const bool known = at(value).kind == ThingKind::Text;
        folder = key == "config_path" && known ? std::string(at(value).text) : folder;
        name = key == "config_name" && known ? at(value).text : name;
    }
    const auto settings = hydraSettings(joinPath(this->folder(), folder), name, node);
    auto& parameters = m_functions[function].parameters;
    if (settings != 0 && !parameters.empty()) {
        parameters.front().fallback = settings;
    }
}

// hydra.compose(...), dvc.api.params_show(), fields of dataclasses and of pydantic with their defaults.
bool Trace::settingsCall(TraceCall& site, std::string_view name, Ref& result)
{
    if (isOneOf(name,
            {"dataclasses.field", "pydantic.Field", "pydantic.fields.Field", "attr.ib", "attr.field", "attrs.field"})) {
        const auto given = site.value(has(name, "pydantic.") ? 0 : -1, "default");
        result = at(given).isConstant() ? given : Ref{0};
        return result != 0;
    }
    if (isOneOf(name, {"hydra.initialize", "hydra.initialize_config_dir"})) {
        const auto path =
            site.value(name == "hydra.initialize" ? 1 : 0, name == "hydra.initialize" ? "config_path" : "config_dir");
        m_flags.insert_or_assign("hydra.initialize", path);
        return false;
    }
    if (name == "hydra.compose") {
        const auto path = m_flags.find("hydra.initialize");
        const auto written = path != m_flags.end() ? at(path->second).text : std::string_view();
        const auto wanted = site.value(0, "config_name");
        result = hydraSettings(
            joinPath(folder(), written), at(wanted).kind == ThingKind::Text ? at(wanted).text : "config", site.node);
        return result != 0;
    }
    if (name == "dvc.api.params_show" && m_files.has(joinPath(workingFolder(), "params.yaml"))) {
        const auto locator = readLocator("params.yaml", workingFolder(), "path", false);
        const auto file = m_out.located(locator, name, place(site.node));
        m_out.source(file, locator.kind, locator.value, place(site.node));
        result = make(ThingKind::Dictionary, site.node);
        at(result).from = {file};
        return fillSettings(result, joinPath(workingFolder(), "params.yaml"), site.node);
    }
    return false;
}

} // namespace cupel::lineage
