// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/threat_model.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace cupel::threats {

std::string_view toString(Applicability applicability)
{
    switch (applicability) {
    case Applicability::Proposed:
        return "proposed";
    case Applicability::Applies:
        return "applies";
    case Applicability::NotApplicable:
        return "not-applicable";
    }
    return {};
}

std::string_view toString(EvidenceState state)
{
    static constexpr std::array<std::string_view, 6> names{
        "unknown", "confirmed", "refuted", "contested", "stale", "fixed"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view toString(Decision decision)
{
    static constexpr std::array<std::string_view, 7> names{
        "open", "in-progress", "mitigated", "accepted", "transferred", "avoided", "eliminated"};
    return names[static_cast<std::size_t>(decision)];
}

std::string_view nameOf(FileFormat format)
{
    static constexpr std::array<std::string_view, 9> names{"Cupel", "Threat Dragon 1", "Threat Dragon 2",
        "Open Threat Model", "TM-BOM", "Threagile", "Microsoft Threat Modeling Tool", "pytm", "Threat Composer"};
    return names[static_cast<std::size_t>(format)];
}

DiagramRole roleOf(std::string_view kind)
{
    static constexpr std::array<std::string_view, 8> actors{
        "actor", "person", "data-source", "package-index", "labelling", "mcp-server", "consumer", "vendor"};
    static constexpr std::array<std::string_view, 9> stores{"store", "dataset", "feature-store", "model-file",
        "adapter", "model-registry", "vector-store", "agent-memory", "secret-store"};
    const auto isOneOf = [kind](
                             const auto& names) { return std::find(names.begin(), names.end(), kind) != names.end(); };
    return kind == "text" ? DiagramRole::Note
        : isOneOf(actors) ? DiagramRole::Actor
        : isOneOf(stores) ? DiagramRole::Store
                          : DiagramRole::Process;
}

std::string textMark(std::string_view text)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL; // FNV-1a
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
    return digits;
}

std::string_view attribute(const DiagramPart& part, std::string_view key)
{
    const auto found = std::find_if(part.attributes.begin(), part.attributes.end(),
        [key](const Attribute& attribute) { return attribute.key == key; });
    return found == part.attributes.end() ? std::string_view{} : std::string_view(found->value);
}

void setAttribute(DiagramPart& part, std::string_view key, std::string_view value, Origin origin)
{
    const auto found = std::find_if(part.attributes.begin(), part.attributes.end(),
        [key](const Attribute& attribute) { return attribute.key == key; });
    if (found != part.attributes.end()) {
        found->value = value;
        found->origin = origin;
    } else {
        part.attributes.push_back({std::string(key), std::string(value), origin, {}});
    }
}

} // namespace cupel::threats
