// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/baseline.h"

#include "analyzers/base/hash.h"
#include "analyzers/fixes/place_writer.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace cupel::review {

namespace {

using nlohmann::json;

constexpr std::size_t largest = 256U << 20;

std::string textOf(const json& row, const char* key)
{
    const auto at = row.find(key);
    return at != row.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::uint32_t lineOf(const json& row, const char* key)
{
    const auto at = row.find(key);
    return at != row.end() && at->is_number_unsigned() ? at->get<std::uint32_t>() : 0;
}

std::string keyOf(std::string_view rule, std::string_view values)
{
    return std::string(rule) + '\n' + std::string(values);
}

template <typename Map> std::size_t readScan(const json& document, Map& out)
{
    std::size_t count = 0;
    for (const auto& finding : document["findings"]) {
        auto print = finding.is_object() ? textOf(finding, "fingerprint") : std::string();
        if (print.empty()) {
            continue;
        }
        ++count;
        const typename Map::mapped_type known{textOf(finding, "values"), textOf(finding, "artifact")};
        if (!known.values.empty() && known.values != "-") {
            out.emplace(keyOf(textOf(finding, "rule"), known.values), known);
        }
        out.emplace(std::move(print), known);
    }
    return count;
}

void readDetectSecrets(const json& document, std::vector<KnownSecret>& out)
{
    for (const auto& [file, rows] : document["results"].items()) {
        for (const auto& row : rows.is_array() ? rows : json::array()) {
            // What its audit called a real secret is known, but nothing that may stay.
            const auto real = row.find("is_secret");
            if (row.is_object() && (real == row.end() || !real->is_boolean() || !real->get<bool>())) {
                out.push_back({file, lineOf(row, "line_number"), textOf(row, "hashed_secret")});
            }
        }
    }
}

void readGitleaks(const json& document, std::vector<KnownSecret>& out)
{
    for (const auto& row : document) {
        const auto secret = textOf(row, "Secret");
        const bool told = !secret.empty() && secret.find("REDACTED") == std::string::npos && !secret.ends_with("...");
        out.push_back({textOf(row, "File"), lineOf(row, "StartLine"), told ? sha1Hex(secret) : std::string()});
    }
}

// "notebooks/a.ipynb" is the end of "/home/x/project/notebooks/a.ipynb", whichever of the two was given.
bool sameFile(std::string_view a, std::string_view b)
{
    while (a.starts_with("./")) {
        a.remove_prefix(2);
    }
    while (b.starts_with("./")) {
        b.remove_prefix(2);
    }
    const auto& longer = a.size() >= b.size() ? a : b;
    const auto& shorter = a.size() >= b.size() ? b : a;
    return !shorter.empty() && longer.ends_with(shorter)
        && (longer.size() == shorter.size() || longer[longer.size() - shorter.size() - 1] == '/');
}

} // namespace

Result<Baseline> Baseline::read(ByteView text)
{
    if (text.size() > largest) {
        return Error{ErrorCode::TooLarge, 0, "a baseline has at most 256 MiB"};
    }
    try {
        const auto document = json::parse(text);
        Baseline baseline;
        if (document.is_object() && document.contains("schema") && document.value("findings", json()).is_array()) {
            baseline.m_source = "cupel";
            baseline.m_findings = readScan(document, baseline.m_known);
        } else if (document.is_object() && document.value("results", json()).is_object()) {
            baseline.m_source = "detect-secrets";
            readDetectSecrets(document, baseline.m_secrets);
        } else if (document.is_array() && std::all_of(document.begin(), document.end(), [](const json& row) {
                       return row.is_object() && row.contains("RuleID");
                   })) {
            baseline.m_source = "gitleaks";
            readGitleaks(document, baseline.m_secrets);
        } else {
            return Error{ErrorCode::Unsupported, 0,
                "neither the JSON of cupel scan, nor a .secrets.baseline, nor a report of gitleaks"};
        }
        return baseline;
    } catch (const json::parse_error& problem) {
        return Error{ErrorCode::Malformed, problem.byte, "not JSON from byte " + std::to_string(problem.byte) + " on"};
    } catch (const json::exception&) {
        return Error{ErrorCode::Malformed, 0, "a value has the wrong type"};
    }
}

bool Baseline::covers(const Analysis& analysis, const Finding& finding) const
{
    const auto any = [this](const std::string& key, auto fits) {
        const auto [first, last] = m_known.equal_range(key);
        return std::any_of(first, last, [&fits](const auto& entry) { return fits(entry.second); });
    };
    const auto inThisFile = [&finding](const Known& one) { return sameFile(one.artifact, finding.location.artifact); };
    const bool told = !finding.values.empty() && finding.values != "-";
    // Values that are not told are known in their own file only.
    const bool same = any(finding.fingerprint, [&](const Known& one) {
        return one.values.empty() || (one.values == finding.values && (one.values != "-" || inThisFile(one)));
    });
    if (same || (told && any(keyOf(finding.rule, finding.values), inThisFile))) {
        return true;
    }
    if (m_secrets.empty() || finding.family != Family::Secret) {
        return false;
    }
    std::string digest;
    if (analysis.artifact.bytes) {
        fixes::PlaceWriter writer(analysis.facts.text(analysis.artifact), analysis.facts);
        digest = sha1Hex(writer.valueAt(analysis.facts.fromFile(finding.location.bytes)));
    }
    return std::any_of(m_secrets.begin(), m_secrets.end(), [&](const KnownSecret& known) {
        if (!sameFile(known.file, finding.location.artifact)) {
            return false;
        }
        if (!known.sha1.empty() && !digest.empty()) {
            return known.sha1 == digest;
        }
        return known.line > 0 && known.line == finding.location.line;
    });
}

} // namespace cupel::review
