// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/applications.h"

namespace cupel::threats {

namespace {

void describe(ModelBuilder& builder, std::uint32_t self, const CodeKinds& kinds, const std::string& path)
{
    if (!kinds.tools.empty()) {
        std::string list;
        for (const auto tool : kinds.tools) {
            list += (list.empty() ? "" : ", ") + std::string(tool);
        }
        builder.say(self, "tools", list, path);
    }
    if (kinds.approvesAll || (kinds.agent && kinds.asksPeople)) {
        builder.say(self, "human_approval", kinds.approvesAll ? "false" : "yes", path);
    }
    if (kinds.fetches) {
        builder.say(self, "reads_untrusted", "true", path);
        builder.say(self, "can_send_out", "true", path);
    }
    if (kinds.userInterface && (kinds.languageModel || kinds.agent)) {
        const auto users = builder.add("person", "users", "Users");
        builder.say(users, "origin", "external");
        builder.flow(users, self, "asks", "prompt", path);
    }
}

void serve(ModelBuilder& builder, std::uint32_t self, const Service& service, const std::string& path)
{
    const auto index = builder.add(service.kind, std::string(service.name), std::string(service.name));
    builder.say(index, "origin", service.outside ? "external" : "internal", path);
    if (service.outside) {
        builder.out.model.elements[index].zone = "vendor";
    }
    const bool store = service.kind == "vector-store";
    if (service.kind == "llm-provider" && service.outside) {
        builder.say(self, "uses_api_key", "true", path);
    } else if (store) {
        builder.say(self, "rag", "true", path);
    }
    const bool local = service.kind == "monitoring" && !service.outside; // it looks at data and predictions
    const std::string_view name = store ? "retrieves"
        : local                         ? "is watched by"
        : service.kind == "monitoring"  ? "traces"
                                        : "prompts";
    Flow& way = store ? builder.flow(index, self, name, "document", path)
                      : builder.flow(self, index, name, local ? "data" : "prompt", path);
    if (service.outside) {
        builder.encrypted(way);
        setAttribute(way, "authn", "token", Origin::Scanned); // no such service answers without a key
    }
}

// What the code serves.
void limit(ModelBuilder& builder, std::uint32_t code, const std::string& path)
{
    const std::string& source = builder.out.model.elements[code].id;
    for (const Flow& flow : builder.out.model.flows) {
        const auto target = builder.byId.at(flow.target);
        if (flow.source == source && builder.out.model.elements[target].kind == "inference-endpoint") {
            builder.say(target, "rate_limited", "yes", path);
        }
    }
}

// Functions of the file that the model may call: one element, since they run in one process with the same rights.
std::uint32_t drawTools(ModelBuilder& builder, std::uint32_t self, const std::string& path)
{
    const auto tools = builder.add("agent-tool", "tools " + path, "Tools in " + std::string(fileName(path)));
    builder.say(tools, "origin", "internal", path);
    if (attribute(builder.out.model.elements[self], "tools").empty()) {
        builder.say(self, "tools", "functions", path);
    }
    builder.flow(self, tools, "calls", "tool-call", path);
    builder.flow(tools, self, "answers", "tool-result", path);
    return tools;
}

} // namespace

std::string_view roleOf(const CodeKinds& kinds)
{
    return kinds.agent ? "agent" : kinds.toolServer ? "agent-tool" : kinds.languageModel ? "llm-app" : "";
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> drawApplications(ModelBuilder& builder, const KindsByPath& all)
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> added;
    for (const auto& [path, kinds] : all) {
        const auto code = builder.byPath.find(path);
        if (code == builder.byPath.end()) {
            continue;
        }
        const auto role = roleOf(kinds);
        auto self = code->second;
        if (!role.empty() && builder.out.model.elements[self].kind != role) { // a notebook that is one besides
            self = builder.add(role, std::string(role) + ' ' + path, "In " + std::string(fileName(path)));
            builder.out.model.elements[self].artifact = path;
            added.emplace_back(self, code->second);
            builder.flow(code->second, self, "runs", "prompt", path);
        }
        describe(builder, self, kinds, path);
        if (kinds.defines && (role == "agent" || role == "llm-app")) {
            added.emplace_back(drawTools(builder, self, path), code->second);
        }
        if (kinds.limited) {
            limit(builder, code->second, path);
        }
        for (const Service& service : kinds.services) {
            serve(builder, self, service, path);
        }
    }
    return added;
}

} // namespace cupel::threats
