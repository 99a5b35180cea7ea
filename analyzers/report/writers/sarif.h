// SPDX-License-Identifier: GPL-3.0-or-later
// SARIF 2.1.0 (OASIS standard, errata 01) for code hosts and editors. Keeps inside the limits GitHub publishes for
// uploads; what does not fit is cut by rank and said in a notification. Regions are places in the file as it is on
// disk.
#pragma once

#include "analyzers/report/writers/json_records.h"

#include <string_view>

namespace cupel::report {

// Limits of a run: results, places per result, tags per rule, characters of a description.
inline constexpr std::size_t sarifMaxResults = 25'000;
inline constexpr std::size_t sarifMaxLocations = 100; // of one result; the JSON of a scan lists all
inline constexpr std::size_t sarifMaxFlow = 1'000; // places of one flow
inline constexpr std::uint64_t sarifMaxBytes = 9'500'000; // of the file, compressed
inline constexpr std::size_t sarifMaxTags = 10;
inline constexpr std::size_t sarifMaxDescription = 1'024;

// A path as a relative URI reference (RFC 3986), or a file URI when it is absolute. Bytes that are not unreserved are
// percent-encoded one by one, so paths that are not UTF-8 survive.
[[nodiscard]] std::string sarifUri(std::string_view path);

// How much of everything goes into the file.
struct SarifDetail {
    bool extras = true; // related places, flows, fixes and what is known of models
    bool allArtifacts = true; // else only those with results
    std::size_t results = sarifMaxResults;
};
// `maxBytes`: of the compressed file. What does not fit is left out step by step, the least telling first.
void writeSarif(const Workspace& workspace, const RunInfo& run, const TextSink& sink, std::uint64_t maxBytes);
void writeSarif(const Workspace& workspace, const RunInfo& run, const TextSink& sink);

} // namespace cupel::report
